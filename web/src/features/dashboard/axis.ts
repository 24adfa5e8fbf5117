/** Bars and lines 柱形与折线: over one axis, with a second scale when a measure counts in something else. */
import type { EChartsCoreOption } from 'echarts/core'
import type { Palette } from '@/theme/tokens'
import type { Look } from './definition'
import { type Drawing, hueAt, line, mainColour, type Series, seriesOf, shadow, tight, tip } from './drawing'
import { exactOf, shortOf, type Unit } from './numbers'

function shade(palette: Palette, look: Look | undefined, at: number): string {
  return at === 0 ? mainColour(palette, look) : hueAt(palette, at + 1)
}

function axisTip(names: string[], series: Series[], colours: string[]) {
  return (params: { dataIndex: number }[]) => {
    const at = params[0]?.dataIndex ?? 0
    const lines = series.map((each, index) =>
      line(colours[index] ?? '', each.name, exactOf(each.values[at], each.unit)),
    )
    return tip(names[at] ?? '', lines)
  }
}

/** How the series of a picture are drawn. */
interface Manner {
  look: Look | undefined
  palette: Palette
  lines: boolean
  lying: boolean
  stacked: boolean
  /** Whether there is a second scale. */
  two: boolean
  first: Unit
  points: number
}

function scaleOf(unit: Unit, series: Series[], more: object) {
  const whole = unit === 'plain' && series.every((each) => each.values.every((value) => Number.isInteger(value ?? 0)))
  return {
    type: 'value' as const,
    minInterval: whole ? 1 : undefined,
    axisLabel: { formatter: (value: number) => shortOf(value, unit), hideOverlap: true },
    splitNumber: 4,
    ...more,
  }
}

function drawn(each: Series, at: number, colour: string | undefined, manner: Manner): object {
  const { look, palette, lines, lying, stacked, two, first, points } = manner
  const apart = two && each.unit !== first
  const label = {
    show: look?.labels === true,
    position: lying ? ('right' as const) : ('top' as const),
    color: palette.textQuiet,
    formatter: ({ value }: { value: number }) => shortOf(value, each.unit),
  }
  const axis = lying ? { xAxisIndex: apart ? 1 : 0 } : { yAxisIndex: apart ? 1 : 0 }
  const shared = { name: each.name, data: each.values, itemStyle: { color: colour }, label, ...axis }
  if (!lines && (!apart || lying)) return { ...shared, type: 'bar', stack: stacked ? 'one' : undefined }
  return {
    ...shared,
    type: 'line',
    lineStyle: apart ? { type: 'dashed', width: 1.5 } : { width: 2 },
    areaStyle: look?.filled !== false && lines && at === 0 ? { opacity: 0.1 } : undefined,
    showSymbol: points <= 31,
  }
}

/** Few names all stand under their bars, each cut to the room it has; of many some are left out. */
function roomFor(names: string[], width: number): { interval?: number; width?: number } {
  const each = Math.floor((width - 48) / Math.max(1, names.length))
  return names.length <= 8 && each >= 44 ? { interval: 0, width: each - 6 } : {}
}

function categories(names: string[], lying: boolean, width: number) {
  return {
    type: 'category' as const,
    data: names,
    inverse: lying,
    axisLabel: {
      hideOverlap: true,
      ...(lying ? { width: Math.min(140, width / 3) } : roomFor(names, width)),
      overflow: 'truncate' as const,
    },
  }
}

/** The picture. */
export function axisOption(drawing: Drawing): EChartsCoreOption {
  const { widget, palette, width } = drawing
  const look = widget.options
  const { names, series } = seriesOf(drawing)
  const first = series[0]?.unit ?? 'plain'
  const lines = widget.shown_as === 'line'
  const lying = look?.lying === true && !lines
  const colours = series.map((_, at) => shade(palette, look, at))
  const second = series.find((each) => each.unit !== first)
  const scales = [scaleOf(first, series, {})]
  if (second) scales.push(scaleOf(second.unit, series, { splitLine: { show: false } }))
  const stacked = look?.stacked === true && !second
  const manner: Manner = {
    look,
    palette,
    lines,
    lying,
    stacked,
    two: second !== undefined,
    first,
    points: names.length,
  }
  const along = categories(names, lying, width)
  return {
    grid: { left: 4, right: 8, top: series.length > 1 ? 34 : 14, bottom: 4, containLabel: true },
    legend: series.length > 1 ? { type: 'scroll', top: 0, left: 0, right: 0 } : undefined,
    tooltip: {
      ...tight,
      trigger: 'axis',
      axisPointer: lines ? { type: 'line' } : shadow(palette),
      formatter: axisTip(names, series, colours),
    },
    xAxis: lying ? scales : along,
    yAxis: lying ? along : scales,
    series: series.map((each, at) => drawn(each, at, colours[at], manner)),
  }
}
