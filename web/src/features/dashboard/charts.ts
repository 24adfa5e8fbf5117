/** Which picture a widget is 图表选项: pure, so that it can be tested without a canvas. */
import type { EChartsCoreOption } from 'echarts/core'
import type { Row } from './answer'
import { axisOption } from './axis'
import { barsOption } from './bars'
import { type Drawing, seriesOf } from './drawing'
import { pieOption } from './pie'

/** The picture of a widget. */
export function optionOf(drawing: Drawing): EChartsCoreOption {
  const kind = drawing.widget.shown_as
  if (kind === 'pie') return pieOption(drawing)
  return kind === 'funnel' || kind === 'ranking' ? barsOption(drawing) : axisOption(drawing)
}

/** The row behind a mark that was clicked. */
export function rowBehind(
  drawing: Pick<Drawing, 'widget' | 'data' | 'units' | 'nothing'>,
  series: number,
  at: number,
): Row | undefined {
  const plain = ['pie', 'funnel', 'ranking'].includes(drawing.widget.shown_as)
  if (plain) return drawing.data.rows[at]
  return seriesOf(drawing).series[series]?.rows[at]
}
