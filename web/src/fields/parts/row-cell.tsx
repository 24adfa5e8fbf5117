/** One value of a row 子表单单元格: its input, or its words when nobody types it. */
import { type ReactNode, useMemo } from 'react'
import { FieldContext, type FieldSurroundings, useFieldContext } from '@/fields/context'
import type { Field, InputProps, Json, Values } from '@/fields/field'
import css from './fields.module.css'

export interface RowParts {
  column: Field
  row: Values
  disabled?: boolean
  problem?: string
  titles?: Record<string, string>
  /** The record around the rows, for columns whose settings name its fields. */
  around?: Values
  onChange: (patch: Values) => void
  onPick?: InputProps<object>['onPick']
}

/** Whether nobody types this column. */
export function isGiven(column: Field): boolean {
  return Boolean(column.formula) || column.read_only === true
}

/** Words, for a row that is only read. */
export function RowWords({ column, row, titles }: Pick<RowParts, 'column' | 'row' | 'titles'>) {
  const Cell = useFieldContext().typeNamed(column.type)?.Cell
  return Cell ? (
    <Cell field={column} value={row[column.id] ?? null} record={{ id: String(row.id ?? ''), values: row, titles }} />
  ) : null
}

/** The input of a column in a row. */
export function RowInput({ column, row, around, disabled, problem, onChange, onPick, titles }: RowParts) {
  const type = useFieldContext().typeNamed(column.type)
  const Input = type?.Input
  // A reference that nobody types still knows by itself how to find its title; words do not.
  const fixed = isGiven(column)
  if (fixed && !type?.points) return <RowWords column={column} row={row} titles={titles} />
  if (!Input) return null
  return (
    <>
      <Input
        field={{ ...column, placeholder: column.placeholder ?? '' }}
        value={row[column.id] ?? null}
        values={around ? { ...around, ...row } : row}
        disabled={disabled || fixed}
        status={problem ? 'error' : undefined}
        onChange={(next: Json) => onChange({ [column.id]: next })}
        onFill={onChange}
        onPick={onPick}
      />
      {problem ? <div className={css.cellProblem}>{problem}</div> : null}
    </>
  )
}

/** Around the rows of a subform, so that their fields ask as its columns. */
export function Within({ subform, children }: { subform: string; children: ReactNode }) {
  const around = useFieldContext()
  const value = useMemo<FieldSurroundings>(() => {
    const options: FieldSurroundings['options'] = (column, ask) => around.options(subform, { ...ask, column })
    const { offered, holds } = around
    return {
      ...around,
      within: subform,
      options,
      ...(offered && { offered: (column, ask) => offered(subform, { ...ask, column }) }),
      ...(holds && { holds: (text, values) => holds(text, values, subform) }),
    }
  }, [around, subform])
  return <FieldContext.Provider value={value}>{children}</FieldContext.Provider>
}
