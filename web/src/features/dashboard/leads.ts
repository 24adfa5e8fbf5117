/** From a number to its records 下钻: the filters that made it, as one filter for the list. */
import { both, type Filter } from '@/ui/record/filter'
import type { FormShape } from '@/ui/record/shape'
import type { Row, WidgetData } from './answer'
import type { Widget } from './definition'

/** The records behind the widget, or behind one row of it, or behind one measure. */
export function filterBehind(widget: Widget, data: WidgetData, row?: Row, measure = 0): Filter | null {
  const measures = widget.measures ?? []
  const told = row !== undefined && measures.length === 1
  return both(data.filter, row?.filter, told ? null : measures[measure]?.filter)
}

/** The search parameters of the list that shows them: in a view that filters nothing away. */
export function searchBehind(filter: Filter | null, shape: FormShape | undefined): Record<string, unknown> {
  const views = shape?.definition.views ?? []
  const open = views.find((view) => !view.filter)
  const first = views[0]
  return { filter: filter ?? undefined, view: first?.filter && open ? open.id : undefined }
}
