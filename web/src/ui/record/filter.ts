/** A question about records, as data 筛选条件: made, counted, cleaned and read aloud. */
import type { Field, Json, Kind } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import type { T } from '@/i18n/i18n'

export interface Condition {
  field: string
  op: string
  value?: Json
}
export interface All {
  all: Filter[]
}
export interface Either {
  any: Filter[]
}
export type Filter = Condition | All | Either

/** What each kind can be asked, the likeliest first. */
const OPERATORS: Record<Kind, string[]> = {
  text: ['contains', 'not_contains', 'eq', 'ne', 'starts', 'empty', 'not_empty'],
  number: ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'between', 'empty', 'not_empty'],
  boolean: ['eq', 'empty', 'not_empty'],
  time: ['within', 'eq', 'lt', 'gt', 'le', 'ge', 'between', 'empty', 'not_empty'],
  list: ['has_any', 'has_all', 'has_none', 'empty', 'not_empty'],
  rows: ['empty', 'not_empty'],
}
const LISTED = ['in', 'not_in', 'between', 'has_any', 'has_all', 'has_none']
/** A single value asked of options is a question about a list of one. */
const AS_LIST: Record<string, string> = { eq: 'in', ne: 'not_in' }

/** "Is any of" one is read as "is". */
const AS_ONE: Record<string, string> = { in: 'is', not_in: 'is_not' }

export const EVERYTHING: All = { all: [] }
/** A condition that is a formula is asked of the record as a whole. */
export const WRITTEN: Condition = { field: 'id', op: 'holds', value: '' }

export function isGroup(filter: Filter): filter is All | Either {
  return 'all' in filter || 'any' in filter
}

/** The parts of a group. */
export function partsIn(group: All | Either): Filter[] {
  return 'all' in group ? group.all : group.any
}

/** The same group with other parts. */
export function withParts(group: All | Either, parts: Filter[]): All | Either {
  return 'all' in group ? { all: parts } : { any: parts }
}

/** Any filter as a group, so that it can be edited. */
export function asGroup(filter: Filter | undefined | null): All | Either {
  if (!filter) return EVERYTHING
  return isGroup(filter) ? filter : { all: [filter] }
}

/** The operators a field can be asked with. */
export function operatorsOf(field: Field | undefined): string[] {
  const type = field ? typeNamed(field.type) : undefined
  return type?.operators ?? OPERATORS[type?.kind ?? 'text']
}

/** The word of an operator; of time it is spoken otherwise than of numbers. */
export function operatorWord(op: string, field: Field | undefined, t: T): string {
  const type = field && typeNamed(field.type)
  const time = type?.kind === 'time' || type?.shape !== undefined
  return time && ['eq', 'lt', 'gt', 'le', 'ge'].includes(op) ? t(`record.op_time_${op}`) : t(`record.op_${op}`)
}

/** Whether the operator needs no operand. */
export function isUnary(op: string): boolean {
  return op === 'empty' || op === 'not_empty'
}

/** The condition with an operator that its field's editor knows. */
export function editable(condition: Condition, field: Field | undefined): Condition {
  const known = operatorsOf(field)
  const other = AS_LIST[condition.op]
  if (known.includes(condition.op) || !other || !known.includes(other)) return condition
  const value = Array.isArray(condition.value) ? condition.value : [condition.value ?? null]
  return { ...condition, op: other, value }
}

/** The condition asked another way: the operand stays where it still fits. */
export function withOperator(condition: Condition, op: string): Condition {
  const { field, value } = condition
  if (isUnary(op)) return { field, op }
  const fits = op !== 'within' && condition.op !== 'within' && LISTED.includes(op) === LISTED.includes(condition.op)
  return fits && value !== undefined ? { field, op, value } : { field, op }
}

function isFilled({ op, value }: Condition): boolean {
  if (isUnary(op)) return true
  if (Array.isArray(value)) return value.some((each) => each !== null && each !== '')
  return value !== undefined && value !== null && value !== ''
}

/** Without conditions that ask nothing yet, and without empty groups; null when nothing is left. */
export function cleaned(filter: Filter | undefined | null): Filter | null {
  if (!filter) return null
  if (!isGroup(filter)) return isFilled(filter) ? filter : null
  const parts = partsIn(filter).flatMap((part) => {
    const kept = cleaned(part)
    return kept ? [kept] : []
  })
  if (parts.length === 0) return null
  return parts.length === 1 && parts[0] ? parts[0] : withParts(filter, parts)
}

/** How many comparisons it makes. */
export function countOf(filter: Filter | undefined | null): number {
  if (!filter) return 0
  return isGroup(filter) ? partsIn(filter).reduce((sum, part) => sum + countOf(part), 0) : 1
}

/** All of the filters at once; null when there is none. */
export function both(...filters: (Filter | undefined | null)[]): Filter | null {
  const kept = filters.flatMap((each) => {
    const clean = cleaned(each)
    return clean === null ? [] : 'all' in clean ? clean.all : [clean]
  })
  if (kept.length === 0) return null
  return kept.length === 1 && kept[0] ? kept[0] : { all: kept }
}

/** A filter from text that anybody may have written, such as an address; null when it is none. */
export function parseFilter(raw: unknown, depth = 0): Filter | null {
  if (typeof raw !== 'object' || raw === null || depth > 6) return null
  const { all, any, field, op, value } = raw as Record<string, unknown>
  const group = Array.isArray(all) ? all : Array.isArray(any) ? any : null
  if (group) {
    const parts = group.slice(0, 100).map((part) => parseFilter(part, depth + 1))
    if (parts.some((part) => part === null)) return null
    return Array.isArray(all) ? { all: parts as Filter[] } : { any: parts as Filter[] }
  }
  if (typeof field !== 'string' || typeof op !== 'string') return null
  return value === undefined ? { field, op } : { field, op, value: value as Json }
}

/** One comparison in words: "阶段 是 赢单、输单". */
export function readCondition(
  { field: id, op, value }: Condition,
  fields: Field[],
  t: T,
  nameOf: (id: string) => string = (each) => each,
): string {
  if (op === WRITTEN.op) return String(value ?? '')
  const field = fields.find((each) => each.id === id)
  const read = field ? typeNamed(field.type)?.read : undefined
  const plain = Array.isArray(value) ? value.join(', ') : String(value ?? '')
  const operand = isUnary(op) ? '' : field && read ? read(field, value ?? null, nameOf) : plain
  const alone = Array.isArray(value) && value.length === 1 && op in AS_ONE
  return [field?.label ?? id, alone ? t(`record.op_${AS_ONE[op]}`) : operatorWord(op, field, t), operand]
    .filter(Boolean)
    .join(' ')
}
