/** What an aggregate may count, group and filter by 聚合表可选的字段: its form, with the columns of the rows it counts. */
import type { Field } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import type { T } from '@/i18n/i18n'
import type { Aggregate, Dimension, Reckoned } from '@/ui/record/aggregates'
import { type FormShape, nestedOf } from '@/ui/record/shape'
import { freeId } from '../design/edits'
import { fieldsWithin, groupable, isTime } from '../design/fields'

/** The form as if the columns of the rows were its own fields, called by their paths. */
export function shapeWith(shape: FormShape, rows: string | undefined): FormShape {
  const owner = shape.definition.fields?.find(({ id }) => id === rows)
  if (owner === undefined) return shape
  const columns = nestedOf(owner).map(
    (column) => ({ ...column, id: `${owner.id}.${column.id}`, label: `${owner.label} · ${column.label}` }) as Field,
  )
  const fields = [...columns, ...(shape.definition.fields ?? [])]
  return { ...shape, definition: { ...shape.definition, fields }, readable: fields.map(({ id }) => id) }
}

/** The fields of such a shape; what lies behind a reference of a row is too far. */
export function fieldsOfShape(shape: FormShape, t: T): Field[] {
  return fieldsWithin(shape, t).filter(({ id }) => id.split('.').length < 3)
}

/** By what may be grouped: by lists too, each of whose entries is a group. */
export function groupsOf(shape: FormShape, t: T): Field[] {
  const fields = fieldsOfShape(shape, t)
  const single = new Set(groupable(fields))
  return fields.filter((field) => single.has(field) || typeNamed(field.type)?.kind === 'list')
}

const shortOf = (label: string) => label.split(' · ').at(-1) ?? label
const tail = (path: string) => path.split('.').at(-1) ?? path

function idFor(wish: string, aggregate: Aggregate): string {
  const taken = [...(aggregate.groups ?? []), ...(aggregate.measures ?? [])].map(({ id }) => id)
  return taken.includes(wish) ? freeId(wish, taken) : wish
}

/** A group by this field; times by month at first. */
export function groupBy(field: Field, aggregate: Aggregate): Dimension {
  const made = { id: idFor(tail(field.id), aggregate), field: field.id, label: shortOf(field.label) }
  return isTime(field) ? { ...made, unit: 'month' } : made
}

/** How many there are. */
export function countOf(aggregate: Aggregate, t: T): Reckoned {
  return { id: idFor('count', aggregate), operation: 'count', label: t('dashboard.op_count') }
}

/** What a measure is called until somebody says otherwise. */
export function calledOf(measure: Reckoned, shape: FormShape, t: T): string {
  const operation = t(`dashboard.op_${measure.operation}`)
  const field = shape.definition.fields?.find(({ id }) => id === measure.field)
  if (measure.operation === 'count' || field === undefined) return operation
  return t('dashboard.measureOf', { field: shortOf(field.label), operation })
}

/** The measure with another operation or field; its name follows unless it was given by hand. */
export function remeasured(before: Reckoned, next: Partial<Reckoned>, shape: FormShape, t: T): Reckoned {
  const after = { ...before, ...next }
  const own = before.label !== undefined && before.label !== calledOf(before, shape, t)
  return own ? after : { ...after, label: calledOf(after, shape, t) }
}

/** A new one over a form: by its first choice, or else its first field; how many. */
export function newAggregate(id: string, name: string, shape: FormShape, t: T): Aggregate {
  const empty: Aggregate = { id, name, form: shape.form, groups: [], measures: [] }
  return over(empty, shape, t)
}

/** The same over another form, or over other rows: groups and measures begin anew. */
export function over(aggregate: Aggregate, shape: FormShape, t: T): Aggregate {
  const { id, name, rows } = aggregate
  const bare: Aggregate = { id, name, form: shape.form, ...(rows ? { rows } : {}) }
  const fields = groupsOf(shapeWith(shape, rows), t).filter((field) => (rows ? field.id.startsWith(`${rows}.`) : true))
  const first = fields.find((field) => typeNamed(field.type)?.options || typeNamed(field.type)?.points) ?? fields[0]
  const grouped = { ...bare, groups: first ? [groupBy(first, bare)] : [] }
  return { ...grouped, measures: [countOf(grouped, t)] }
}
