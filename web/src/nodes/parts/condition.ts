/** A condition as rows and as an expression 条件的两种写法: what rows can say becomes text, and text becomes rows where it can. */
import type { Field, Json } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import { type Condition, cleaned, type Filter, isGroup, operatorsOf, partsIn } from '@/ui/record/filter'

export type Tree = unknown[]

/** What a row may ask that an expression can say. */
export const SAYABLE = [
  ...['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'between', 'in', 'not_in', 'contains', 'not_contains', 'starts'],
  ...['has_any', 'has_all', 'has_none', 'empty', 'not_empty'],
]

const SIGNS: Record<string, string> = { eq: '=', ne: '<>', gt: '>', ge: '>=', lt: '<', le: '<=' }
const OPS: Record<string, string> = Object.fromEntries(Object.entries(SIGNS).map(([op, sign]) => [sign, op]))
const DAY = /^(\d{4})-(\d{2})-(\d{2})/

/** The fields a row may be about: those with an operand of their own, not rows of others. */
export function askable(fields: Field[]): Field[] {
  return fields.filter((field) => {
    const type = typeNamed(field.type)
    return type !== undefined && type.kind !== 'rows' && type.FilterInput !== undefined
  })
}

// rows → text

function literal(value: Json | undefined, field: Field): string {
  const kind = typeNamed(field.type)?.kind
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  const text = String(value ?? '')
  const day = kind === 'time' ? DAY.exec(text) : null
  if (day !== null) return `DATE(${Number(day[1])}, ${Number(day[2])}, ${Number(day[3])})`
  if (text === '@today') return 'TODAY()'
  if (text === '@me') return 'ME()'
  return kind === 'number' ? text : `"${text.replaceAll('"', '""')}"`
}

const listed = (value: Json | undefined): Json[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]

function joined(word: 'AND' | 'OR', parts: string[]): string {
  return parts.length === 1 ? (parts[0] ?? '') : `${word}(${parts.join(', ')})`
}

function comparison({ field: id, op, value }: Condition, field: Field): string {
  const said = (one: Json | undefined) => literal(one, field)
  const each = (say: (one: Json) => string) => listed(value).map(say)
  if (op === 'empty') return `ISEMPTY(${id})`
  if (op === 'not_empty') return `NOT(ISEMPTY(${id}))`
  if (op === 'contains') return `CONTAINS(${id}, ${said(value)})`
  if (op === 'not_contains') return `NOT(CONTAINS(${id}, ${said(value)}))`
  if (op === 'starts') return `STARTSWITH(${id}, ${said(value)})`
  if (op === 'in')
    return joined(
      'OR',
      each((one) => `${id} = ${said(one)}`),
    )
  if (op === 'not_in')
    return joined(
      'AND',
      each((one) => `${id} <> ${said(one)}`),
    )
  if (op === 'has_any')
    return joined(
      'OR',
      each((one) => `CONTAINS(${id}, ${said(one)})`),
    )
  if (op === 'has_all')
    return joined(
      'AND',
      each((one) => `CONTAINS(${id}, ${said(one)})`),
    )
  if (op === 'has_none')
    return joined(
      'AND',
      each((one) => `NOT(CONTAINS(${id}, ${said(one)}))`),
    )
  if (op !== 'between') return `${id} ${SIGNS[op] ?? '='} ${said(value)}`
  const [low = null, high = null] = listed(value)
  const ends = [low === null ? '' : `${id} >= ${said(low)}`, high === null ? '' : `${id} <= ${said(high)}`]
  return joined(
    'AND',
    ends.filter((end) => end !== ''),
  )
}

/** The rows as an expression over ids; "" when they ask nothing yet, null when they cannot be said. */
export function expressionOf(filter: Filter | null, fields: Field[]): string | null {
  const clean = cleaned(filter)
  if (clean === null) return ''
  if (isGroup(clean)) {
    const parts = partsIn(clean).map((part) => expressionOf(part, fields))
    if (parts.some((part) => part === null)) return null
    return joined('all' in clean ? 'AND' : 'OR', parts as string[])
  }
  const field = fields.find(({ id }) => id === clean.field)
  return field === undefined || !SAYABLE.includes(clean.op) ? null : comparison(clean, field)
}

// text → rows

function operandIn(tree: unknown): Json | undefined {
  if (!Array.isArray(tree)) return undefined
  const [kind, first, ...rest] = tree
  if (kind === 'num') return String(first)
  if (kind === 'lit') return first as Json
  if (kind === 'neg') {
    const value = operandIn(first)
    return typeof value === 'string' ? `-${value}` : undefined
  }
  if (kind !== 'call') return undefined
  if (first === 'TODAY') return '@today'
  if (first === 'ME') return '@me'
  const numbers = rest.map(operandIn)
  if (first !== 'DATE' || numbers.length !== 3 || numbers.some((each) => typeof each !== 'string')) return undefined
  const [year, month, day] = numbers as string[]
  return `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`
}

const idOf = (tree: unknown): string | undefined =>
  Array.isArray(tree) && tree[0] === 'ref' && tree.length === 2 ? String(tree[1]) : undefined

function call(name: string, args: Tree, fields: Field[]): Condition | null {
  const field = idOf(args[0])
  if (field === undefined) return null
  const list = typeNamed(fields.find(({ id }) => id === field)?.type ?? '')?.kind === 'list'
  if (name === 'ISEMPTY') return { field, op: 'empty' }
  const value = operandIn(args[1])
  if (value === undefined) return null
  if (name === 'CONTAINS') return list ? { field, op: 'has_any', value: [value] } : { field, op: 'contains', value }
  return name === 'STARTSWITH' ? { field, op: 'starts', value } : null
}

const OPPOSITE: Record<string, string> = { empty: 'not_empty', contains: 'not_contains', has_any: 'has_none' }

function opposite(condition: Filter | null): Condition | null {
  if (condition === null || isGroup(condition)) return null
  const op = OPPOSITE[condition.op]
  return op === undefined ? null : { ...condition, op }
}

/** Several rows about one field that one row can say. */
function merged(parts: Filter[], join: 'all' | 'any'): Filter | null {
  const rows = parts.filter((part): part is Condition => !isGroup(part))
  const [first, second] = rows
  if (first === undefined || rows.length !== parts.length || rows.some(({ field }) => field !== first.field))
    return null
  const every = (op: string) => rows.every((row) => row.op === op)
  const values = () => rows.flatMap(({ value }) => listed(value))
  const { field } = first
  if (join === 'any' && (every('eq') || every('in'))) return { field, op: 'in', value: values() }
  if (join === 'any' && every('has_any')) return { field, op: 'has_any', value: values() }
  if (join === 'all' && (every('ne') || every('not_in'))) return { field, op: 'not_in', value: values() }
  if (join === 'all' && every('has_any')) return { field, op: 'has_all', value: values() }
  if (join === 'all' && every('has_none')) return { field, op: 'has_none', value: values() }
  if (join === 'all' && rows.length === 2 && first.op === 'ge' && second?.op === 'le')
    return { field, op: 'between', value: [first.value ?? null, second.value ?? null] }
  return null
}

/** Rows as their field's editor knows them: one of a list is a list of one. */
function fitting(row: Condition, fields: Field[]): Condition | null {
  const field = fields.find(({ id }) => id === row.field)
  if (field === undefined) return null
  const known = operatorsOf(field)
  if (known.includes(row.op)) return row
  const as = { eq: 'in', ne: 'not_in' }[row.op]
  return as !== undefined && known.includes(as) ? { ...row, op: as, value: listed(row.value) } : null
}

/** The expression as rows; null when rows cannot say it. */
export function rowsOf(tree: unknown, fields: Field[]): Filter | null {
  if (!Array.isArray(tree)) return null
  const [kind, name, ...args] = tree as [string, string, ...unknown[]]
  if (kind === 'ref' || (kind === 'call' && name === 'NOT' && idOf(args[0]) !== undefined)) {
    const id = kind === 'ref' ? idOf(tree) : idOf(args[0])
    return id === undefined ? null : fitting({ field: id, op: 'eq', value: kind === 'ref' }, fields)
  }
  if (kind === 'call' && (name === 'AND' || name === 'OR')) {
    const join = name === 'AND' ? 'all' : 'any'
    const parts = args.map((part) => rowsOf(part, fields))
    if (parts.some((part) => part === null)) return null
    return merged(parts as Filter[], join) ?? ({ [join]: parts } as unknown as Filter)
  }
  if (kind === 'call' && name === 'NOT') return opposite(rowsOf(args[0], fields))
  if (kind === 'call') return call(name, args, fields)
  if (kind !== 'op') return null
  const [field, value, op] = [idOf(args[0]), operandIn(args[1]), OPS[name]]
  return field === undefined || value === undefined || op === undefined ? null : fitting({ field, op, value }, fields)
}
