/** What came, went and changed between two lists of rows 行的变化. */
import type { Field, Json, Values } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import { isBlank, isSame } from '@/ui/record/shape'

export interface RowChange {
  kind: 'new' | 'gone' | 'changed'
  /** Where it stands, counted from 1: now, or of a row that went, before. */
  number: number
  before?: Values
  after?: Values
}

const rowsIn = (value: Json | undefined): Values[] =>
  Array.isArray(value) ? value.filter((row): row is Values => typeof row === 'object' && row !== null) : []

/** The columns that the asker sees in either list, as far as they are shown. */
export function columnsOf(field: Field, ...sides: Json[]): Field[] {
  const told = new Set(sides.flatMap((side) => rowsIn(side).flatMap((row) => Object.keys(row))))
  const columns = (field as Field & { fields?: Field[] }).fields ?? []
  return columns.filter(({ id, hidden }) => !hidden && told.has(id))
}

/** Rows are the same row while they keep their id; a move alone is no change. */
export function rowsChanged(before: Json, after: Json, columns: Field[]): RowChange[] {
  const [old, now] = [rowsIn(before), rowsIn(after)]
  const were = new Map(old.map((row) => [row.id, row]))
  const are = new Set(now.map((row) => row.id))
  const came = now.flatMap((row, at): RowChange[] => {
    const was = were.get(row.id)
    if (!was) return [{ kind: 'new', number: at + 1, after: row }]
    const same = columns.every(({ id }) => isSame(was[id], row[id]))
    return same ? [] : [{ kind: 'changed', number: at + 1, before: was, after: row }]
  })
  const went = old.flatMap((row, at): RowChange[] =>
    are.has(row.id) ? [] : [{ kind: 'gone', number: at + 1, before: row }],
  )
  return [...came, ...went]
}

/** What a row is called: its first column, when that is words. */
export function nameOfRow(row: Values, first: Field | undefined): string {
  const value = first ? row[first.id] : undefined
  if (!first || isBlank(value) || typeof value !== 'string') return ''
  const plain =
    typeNamed(first.type)?.kind === 'text' && !typeNamed(first.type)?.options && !typeNamed(first.type)?.points
  return plain ? value : ''
}
