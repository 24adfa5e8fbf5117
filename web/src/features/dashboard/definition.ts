/** A dashboard as data 仪表盘定义: the same keys as the server's, all but the necessary ones optional. */
import type { Filter } from '@/ui/record/filter'
import type { Sort } from '@/ui/record/shape'

export const KINDS = [
  'figure',
  'target',
  'ratio',
  'bar',
  'line',
  'pie',
  'funnel',
  'ranking',
  'table',
  'records',
] as const
export type WidgetKind = (typeof KINDS)[number]

export const OPERATIONS = ['count', 'sum', 'average', 'min', 'max'] as const
export const UNITS = ['day', 'week', 'month', 'quarter', 'year'] as const

export interface Measure {
  operation: (typeof OPERATIONS)[number]
  field?: string
  /** What is counted of each record instead of a field. */
  expression?: string
  label?: string
  filter?: Filter
}

export interface GroupBy {
  field: string
  unit?: '' | (typeof UNITS)[number]
}

export interface Goal {
  form: string
  measure: Measure
  filter?: Filter
  date_field?: string
  person_field?: string
}

/** How a widget looks; nothing here changes its numbers. */
export interface Look {
  /** Bars lie down. */
  lying?: boolean
  /** Bars of several measures or of a second group stand on one another. */
  stacked?: boolean
  /** The line is filled to its foot. */
  filled?: boolean
  /** Values stand at the marks. */
  labels?: boolean
  hue?: string
}

export interface Widget {
  id: string
  title: string
  shown_as: WidgetKind
  form: string
  filter?: Filter
  groups?: GroupBy[]
  measures?: Measure[]
  columns?: string[]
  sort?: Sort[]
  limit?: number
  date_field?: string
  person_field?: string
  goal?: Goal
  options?: Look
  x?: number
  y?: number
  w?: number
  h?: number
}

export interface Dashboard {
  id: string
  name: string
  icon?: string
  widgets?: Widget[]
  to?: { everyone?: boolean; roles?: string[]; departments?: string[]; members?: string[] }
}

export const COLUMNS = 24

/** Where a widget stands, with the server's defaults. */
export function placeOf(widget: Widget): { x: number; y: number; w: number; h: number } {
  const { x = 0, y = 0, w = 8, h = 6 } = widget
  return { x, y, w, h }
}

/** The widgets as they are read: from the top, each row from the left. */
export function inReadingOrder(widgets: Widget[]): Widget[] {
  const place = new Map(widgets.map((each) => [each.id, placeOf(each)]))
  const at = (widget: Widget) => place.get(widget.id) ?? placeOf(widget)
  return [...widgets].sort((one, other) => at(one).y - at(other).y || at(one).x - at(other).x)
}

type Place = ReturnType<typeof placeOf>

function collide(one: Place, other: Place): boolean {
  return one.x < other.x + other.w && other.x < one.x + one.w && one.y < other.y + other.h && other.y < one.y + one.h
}

/** The widgets without overlaps and without empty rows between, as the grid stacks them; `first` keeps its place. */
export function stacked(widgets: Widget[], first = ''): Widget[] {
  const placed = new Map<string, Place>()
  const free = (place: Place) => ![...placed.values()].some((other) => collide(place, other))
  const order = inReadingOrder(widgets)
  const ahead = order.filter(({ id }) => id === first)
  for (const widget of ahead) placed.set(widget.id, placeOf(widget))
  for (const widget of order) {
    if (widget.id === first) continue
    const place = placeOf(widget)
    while (!free(place)) place.y += 1
    placed.set(widget.id, place)
  }
  const settled = new Map<string, Place>()
  const clear = (place: Place) => ![...settled.values()].some((other) => collide(place, other))
  const at = (widget: Widget) => placed.get(widget.id) as Place
  for (const widget of [...widgets].sort((a, z) => at(a).y - at(z).y || at(a).x - at(z).x)) {
    const place = { ...at(widget) }
    while (place.y > 0 && clear({ ...place, y: place.y - 1 })) place.y -= 1
    settled.set(widget.id, place)
  }
  return widgets.map((widget) => {
    const next = settled.get(widget.id) as Place
    const now = placeOf(widget)
    return next.x === now.x && next.y === now.y ? widget : { ...widget, x: next.x, y: next.y }
  })
}
