/** What can be done to a dashboard 仪表盘修改: pure, so that undo is exact and tests are short. */
import type { Field } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import type { T } from '@/i18n/i18n'
import type { FormShape } from '@/ui/record/shape'
import {
  COLUMNS,
  type Dashboard,
  type GroupBy,
  type Measure,
  placeOf,
  type Widget,
  type WidgetKind,
} from '../definition'
import { type Unit, unitOf } from '../numbers'
import { countable, datesIn, fieldsWithin, groupable, isTime, peopleIn } from './fields'
import { KIND_SAYS } from './kinds'

export interface Place {
  x: number
  y: number
  w: number
  h: number
}

/** `bar_1`, `bar_2`…: free among the widgets. */
export function freeId(kind: string, taken: string[]): string {
  let count = 1
  while (taken.includes(`${kind}_${count}`)) count += 1
  return `${kind}_${count}`
}

/** The row under the last widget. */
export function footOf(widgets: Widget[]): number {
  return Math.max(0, ...widgets.map((widget) => placeOf(widget).y + placeOf(widget).h))
}

/** The group that says most: an option for shares, a month for a line. */
function firstGroup(kind: WidgetKind, shape: FormShape, t: T): GroupBy[] {
  const says = KIND_SAYS[kind]
  if (says.groups === 0) return []
  const fields = groupable(fieldsWithin(shape, t)).filter(({ id }) => !id.includes('.'))
  const time = datesIn(shape, t)[0]
  if (says.timed && time) return [{ field: time.id, unit: 'month' }]
  const person = kind === 'ranking' ? peopleIn(shape, t)[0] : undefined
  const chosen = fields.find((field) => typeNamed(field.type)?.options)
  const found = person ?? chosen ?? fields[0]
  return found ? [isTime(found) ? { field: found.id, unit: 'month' } : { field: found.id }] : []
}

/** What is likeliest to be summed; shares come last. */
const SUMMED: Unit[] = ['money', 'plain', 'percent']

function firstMeasures(kind: WidgetKind, shape: FormShape): Measure[] {
  const rank = (field: Field) => SUMMED.indexOf(unitOf({ operation: 'sum', field: field.id }, shape))
  const number = countable(shape).sort((one, other) => rank(one) - rank(other))[0]
  const count: Measure = { operation: 'count' }
  if (kind === 'records') return []
  if (kind === 'ratio') return [count, count]
  if (kind === 'target' && number) return [{ operation: 'sum', field: number.id }]
  return [count]
}

/** What a widget asks of another form, from scratch. */
export function askedOf(kind: WidgetKind, shape: FormShape, t: T): Partial<Widget> {
  const measures = firstMeasures(kind, shape)
  return {
    form: shape.form,
    filter: undefined,
    groups: firstGroup(kind, shape, t),
    measures,
    columns: kind === 'records' ? (shape.definition.fields ?? []).slice(0, 5).map(({ id }) => id) : [],
    sort: [],
    date_field: datesIn(shape, t)[0]?.id ?? '',
    person_field: peopleIn(shape, t)[0]?.id ?? '',
    goal: kind === 'target' && measures[0] ? { form: shape.form, measure: measures[0] } : undefined,
  }
}

/** A new widget that draws something at once. */
export function newWidget(kind: WidgetKind, board: Dashboard, shape: FormShape, place: Partial<Place>, t: T): Widget {
  const { w, h } = KIND_SAYS[kind]
  const widgets = board.widgets ?? []
  return {
    ...(askedOf(kind, shape, t) as Widget),
    id: freeId(
      kind,
      widgets.map(({ id }) => id),
    ),
    title: `${shape.definition.name} · ${t(`dashboard.kind_${kind}`)}`,
    shown_as: kind,
    limit: kind === 'line' ? 24 : 10,
    x: 0,
    y: footOf(widgets),
    w,
    h,
    ...place,
  }
}

/** The widget drawn another way: what still fits stays. */
export function drawnAs(widget: Widget, kind: WidgetKind, shape: FormShape, t: T): Widget {
  const says = KIND_SAYS[kind]
  const fresh = askedOf(kind, shape, t)
  const groups = (widget.groups ?? []).slice(0, says.groups)
  const measures = (widget.measures ?? []).slice(0, says.measures)
  return {
    ...widget,
    shown_as: kind,
    groups: says.groups > 0 && groups.length === 0 ? fresh.groups : groups,
    measures:
      kind === 'ratio' && measures.length < 2
        ? fresh.measures
        : says.measures > 0 && measures.length === 0
          ? fresh.measures
          : measures,
    columns: kind === 'records' ? (widget.columns?.length ? widget.columns : fresh.columns) : [],
    goal: kind === 'target' ? (widget.goal ?? fresh.goal) : undefined,
  }
}

/** A copy of the widget under the last one. */
export function copyOf(widget: Widget, board: Dashboard, title: string): Widget {
  const widgets = board.widgets ?? []
  const id = freeId(
    widget.shown_as,
    widgets.map((each) => each.id),
  )
  return { ...widget, id, title, x: 0, y: footOf(widgets) }
}

/** A place that lies on the grid. */
export function onGrid({ x, y, w, h }: Place): Place {
  const wide = Math.min(COLUMNS, Math.max(3, w))
  return { x: Math.max(0, Math.min(COLUMNS - wide, x)), y: Math.max(0, y), w: wide, h: Math.min(40, Math.max(3, h)) }
}

/** Without keys that say nothing, as the server keeps it. */
export function trimmed(widget: Widget): Widget {
  const kept = Object.entries(widget).filter(([, value]) => {
    if (value === undefined || value === null || value === '') return false
    if (Array.isArray(value)) return value.length > 0
    return typeof value !== 'object' || Object.keys(value).length > 0
  })
  return Object.fromEntries(kept) as unknown as Widget
}

/** What changes the numbers of the widget, and nothing that only changes its look. */
export function asked(widget: Widget): Widget {
  const { x: _x, y: _y, w: _w, h: _h, options: _options, ...rest } = widget
  return { ...trimmed(rest as Widget), title: 'preview' }
}
