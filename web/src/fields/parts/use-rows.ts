/** What can be done to rows 子表单操作. */
import { useRef } from 'react'
import type { FieldOf, InputProps, Values } from '@/fields/field'
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
  const insert = (at: number, row: RowValues) => set([...rows.slice(0, at), row, ...rows.slice(at)])
  return {
    rows,
    locked,
    full: rows.length >= (field.max_rows ?? 500),
    add: (at = rows.length) => insert(at, newRow(columns)),
    copy: (at: number) => insert(at + 1, copyOf(rows[at] ?? {})),
    remove: (at: number) => set(rows.filter((_, i) => i !== at)),
    patch: (at: number, values: Values) =>
      set(latest.current.map((row, i) => (i === at ? { ...row, ...values } : row))),
    problemAt: (at: number, column: string) =>
      problems.find(({ path }) => path[0] === at && path[1] === column)?.detail,
  }
}
