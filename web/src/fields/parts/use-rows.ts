/** What can be done to rows 子表单操作. */
import { useRef } from 'react'
import type { FieldSurroundings } from '@/fields/context'
import type { Field, FieldOf, InputProps, Values } from '@/fields/field'
import { pasted } from './paste'
import { columnsOf, copyOf, newRow, type RowsSettings, type RowValues, rowsOf } from './rows'

/** The rows and the deeds; `locked` when nobody may change them. */
export function useRows({
  field,
  value,
  onChange,
  disabled,
  readOnly,
  problems = [],
}: InputProps<RowsSettings, RowValues[]>) {
  const rows = rowsOf(value)
  const columns = columnsOf(field as FieldOf<RowsSettings>)
  const locked = Boolean(disabled || readOnly || field.read_only)
  // A picked reference changes its own cell and fills others before the next drawing: both must stand.
  const latest = useRef(rows)
  latest.current = rows
  const set = (next: RowValues[]) => {
    latest.current = next
    onChange(next.length === 0 ? null : next)
  }
  const move = (from: number, to: number) => {
    if (to < 0 || to >= rows.length || from === to) return
    const next = [...rows]
    const [moved] = next.splice(from, 1)
    if (moved) next.splice(to, 0, moved)
    set(next)
  }
  const fixed = (field.fixed?.length ?? 0) > 0
  const most = field.max_rows ?? 500
  const insert = (at: number, row: RowValues) => set([...rows.slice(0, at), row, ...rows.slice(at)])
  return {
    rows,
    locked,
    fixed,
    full: fixed || rows.length >= most,
    most,
    move,
    /** Whether a fixed row gives this cell. */
    isFixed: (at: number, column: string) => field.fixed?.[at]?.[column] !== undefined,
    /** Puts in the cells of a copied table; answers how many rows did not fit. */
    paste: (from: { row: number; column: number }, shown: Field[], cells: string[][], around: FieldSurroundings) => {
      const room = (fixed ? rows.length : most) - from.row
      const taken = cells.slice(0, Math.max(0, room))
      set(pasted(latest.current, shown, from, taken, around, () => newRow(columns)))
      return cells.length - taken.length
    },
    add: (at = rows.length) => insert(at, newRow(columns)),
    copy: (at: number) => insert(at + 1, copyOf(rows[at] ?? {})),
    remove: (at: number) => set(rows.filter((_, i) => i !== at)),
    patch: (at: number, values: Values) =>
      set(latest.current.map((row, i) => (i === at ? { ...row, ...values } : row))),
    problemAt: (at: number, column: string) =>
      problems.find(({ path }) => path[0] === at && path[1] === column)?.detail,
  }
}
