/** Rows as data 子表单行: added, copied, removed, summed. */
import type { Field, FieldOf, Json, NamedFieldType, Values } from '@/fields/field'
import { type NumberSettings, shownNumber, sumOf } from './decimal'

export interface RowsSettings {
  fields?: Field[]
  min_rows?: number
  max_rows?: number
}

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

/** The sums of the columns that hold plain or money numbers; a sum of percents says nothing. */
export function sumsOf(
  columns: Field[],
  rows: RowValues[],
  typeNamed: (name: string) => NamedFieldType | undefined,
): ColumnSum[] {
  return columns
    .filter((each) => typeNamed(each.type)?.kind === 'number' && (each as NumberSettings).format !== 'percent')
    .filter((each) => !isFactor(each, columns))
    .map((each) => ({
      column: each.id,
      label: each.label,
      text: shownNumber(sumOf(rows.map((row) => row[each.id])), each as NumberSettings),
    }))
}
