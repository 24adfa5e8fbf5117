/** Rows as data 子表单行: added, copied, removed, summed. */
import Decimal from 'decimal.js'
import type { Field, FieldOf, Json, NamedFieldType, Values } from '@/fields/field'
import { decimalOf, type NumberSettings, shownNumber, sumOf } from './decimal'
import { mentionsOf } from './mentioned'

export interface RowsSettings {
  fields?: Field[]
  min_rows?: number
  max_rows?: number
  totals?: Record<string, Total>
  /** The rows that every record has, with what is given in them. */
  fixed?: Values[]
}

export const TOTALS = ['sum', 'average', 'min', 'max', 'none'] as const
export type Total = (typeof TOTALS)[number]

export type RowValues = Values

/** The columns of a subform. */
export function columnsOf(field: FieldOf<RowsSettings>): Field[] {
  return field.fields ?? []
}

/** The columns somebody may see. */
export function shownColumns(field: FieldOf<RowsSettings>): Field[] {
  return columnsOf(field).filter((each) => !each.hidden)
}

/** The rows in a value, whatever it is. */
export function rowsOf(value: Json | undefined): RowValues[] {
  return Array.isArray(value)
    ? value.filter((each): each is RowValues => typeof each === 'object' && each !== null)
    : []
}

/** An id for a row that the server has not seen. */
export function newRowId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8))
  return `r${[...bytes].map((each) => each.toString(16).padStart(2, '0')).join('')}`
}

/** A new row with the columns' defaults. */
export function newRow(columns: Field[]): RowValues {
  const filled = columns.filter((each) => each.default !== undefined && each.default !== null)
  return { ...Object.fromEntries(filled.map((each) => [each.id, each.default as Json])), id: newRowId() }
}

/** The same values under an id of its own. */
export function copyOf(row: RowValues): RowValues {
  return { ...row, id: newRowId() }
}

export interface ColumnSum {
  column: string
  label: string
  text: string
}

/** Whether another column computes with this one: the sum of prices says nothing, the sum of their products does. */
function isFactor(column: Field, columns: Field[]): boolean {
  const word = new RegExp(`\\b${column.id}\\b`)
  return columns.some((each) => each.id !== column.id && each.formula && word.test(each.formula))
}

/** What stands at the foot of a column by itself: sums of plain and money numbers; a sum of percents says nothing. */
function isSummed(column: Field, columns: Field[], type: NamedFieldType | undefined): boolean {
  return type?.kind === 'number' && (column as NumberSettings).format !== 'percent' && !isFactor(column, columns)
}

function totalOf(how: Total, values: (Json | undefined)[]): string | null {
  const numbers = values.flatMap((value) => decimalOf(value) ?? [])
  if (how === 'sum') return sumOf(values)
  if (numbers.length === 0) return null
  if (how === 'average') return Decimal.div(sumOf(values), numbers.length).toDecimalPlaces(8).toFixed()
  return (how === 'min' ? Decimal.min(...numbers) : Decimal.max(...numbers)).toFixed()
}

/** What stands at the feet of the columns. */
export function sumsOf(
  columns: Field[],
  rows: RowValues[],
  typeNamed: (name: string) => NamedFieldType | undefined,
  totals: Record<string, Total> = {},
): ColumnSum[] {
  return columns.flatMap((each) => {
    const type = typeNamed(each.type)
    const how = totals[each.id] ?? (isSummed(each, columns, type) ? 'sum' : 'none')
    if (how === 'none' || type?.kind !== 'number') return []
    const found = totalOf(
      how,
      rows.map((row) => row[each.id]),
    )
    return found === null
      ? []
      : [{ column: each.id, label: each.label, text: shownNumber(found, each as NumberSettings) }]
  })
}

/** The fixed rows under ids of their own; null when there are none. */
export function fixedRows(field: RowsSettings): RowValues[] | null {
  return field.fixed && field.fixed.length > 0 ? field.fixed.map((given) => ({ ...given, id: newRowId() })) : null
}

/** The fields of the record that the settings of columns name. */
export function mentionedIn(field: FieldOf<RowsSettings>): string[] {
  const own = new Set(columnsOf(field).map(({ id }) => id))
  const named = columnsOf(field).flatMap((column) => mentionsOf(column as Parameters<typeof mentionsOf>[0]))
  return named.filter((id) => !own.has(id))
}
