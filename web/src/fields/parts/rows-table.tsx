/** Rows as a table 子表单表格: typed through with the keyboard, summed at the foot. */
import { Button } from 'antd'
import { Copy, Plus, Trash2 } from 'lucide-react'
import { type KeyboardEvent, useRef } from 'react'
import { useFieldContext } from '@/fields/context'
import type { Field, InputProps } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { IconButton } from '@/ui/icon-button'
import css from './fields.module.css'
import { isGiven, RowInput, Within } from './row-cell'
import { type RowsSettings, type RowValues, shownColumns, sumsOf } from './rows'
import { useRows } from './use-rows'

const NARROWEST = 104
const WIDEST = 168
const MOST: Record<string, number> = { quarter: 76, third: 120 }

function useColumnLook() {
  const { typeNamed } = useFieldContext()
  const right = (column: Field) => typeNamed(column.type)?.align === 'right'
  const width = (column: Field) => {
    const most = MOST[column.width ?? 'half'] ?? WIDEST
    return Math.min(most, Math.max(NARROWEST, typeNamed(column.type)?.columnWidth ?? WIDEST))
  }
  return { right, width, typeNamed }
}

function Head({ columns, locked }: { columns: Field[]; locked: boolean }) {
  const { right, width } = useColumnLook()
  return (
    <thead>
      <tr>
        <th className={css.rowNumber}>#</th>
        {columns.map((column) => (
          <th
            key={column.id}
            className={right(column) ? css.right : ''}
            style={{ minWidth: width(column) }}
            title={column.help}
          >
            {column.required ? <span className={css.star}>*</span> : null}
            {column.label}
          </th>
        ))}
        {locked ? null : <td className={css.rowTools} />}
      </tr>
    </thead>
  )
}

function Foot({ columns, rows, locked }: { columns: Field[]; rows: RowValues[]; locked: boolean }) {
  const t = useT()
  const { typeNamed } = useColumnLook()
  const sums = sumsOf(columns, rows, typeNamed)
  if (sums.length === 0 || rows.length < 2) return null
  return (
    <tfoot>
      <tr>
        <td className={css.small}>{t('fields.total')}</td>
        {columns.map((column) => (
          <td key={column.id} className={`tabular ${css.right}`}>
            {sums.find((each) => each.column === column.id)?.text}
          </td>
        ))}
        {locked ? null : <td />}
      </tr>
    </tfoot>
  )
}

/** Up and down go to the same column of the neighbouring row; Ctrl+Enter adds a row. */
function useKeys(add: () => void) {
  const table = useRef<HTMLTableElement>(null)
  const focus = (row: number, cell: number) => {
    const target = table.current?.tBodies[0]?.rows[row]?.cells[cell]
    target?.querySelector<HTMLElement>('input, textarea, button')?.focus()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const cell = (event.target as HTMLElement).closest('td')
    const row = cell?.parentElement as HTMLTableRowElement | null
    if (!cell || !row) return
    const inSelect = (event.target as HTMLElement).closest('.ant-select, .ant-picker') !== null
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      event.stopPropagation()
      add()
      setTimeout(() => focus((table.current?.tBodies[0]?.rows.length ?? 1) - 1, 1))
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && !inSelect && !event.ctrlKey) {
      event.preventDefault()
      focus(row.sectionRowIndex + (event.key === 'ArrowDown' ? 1 : -1), cell.cellIndex)
    }
  }
  return { table, onKeyDown }
}

/** The table and what stands under it. */
export function RowsTable(props: InputProps<RowsSettings, RowValues[]>) {
  const t = useT()
  const { field, onPick } = props
  const { rows, locked, full, add, copy, remove, patch, problemAt } = useRows(props)
  const { right } = useColumnLook()
  const { table, onKeyDown } = useKeys(() => add())
  const columns = shownColumns(field)
  return (
    <Within subform={field.id}>
      {rows.length > 0 ? (
        <div className={css.rowsScroll}>
          <table className={css.rowsTable} ref={table} onKeyDown={onKeyDown} aria-label={field.label}>
            <Head columns={columns} locked={locked} />
            <tbody>
              {rows.map((row, at) => (
                <tr key={String(row.id ?? at)}>
                  <td className={css.rowNumber}>{at + 1}</td>
                  {columns.map((column) => (
                    <td
                      key={column.id}
                      data-problem-path={`${at}.${column.id}`}
                      className={`${isGiven(column) ? css.read : ''} ${right(column) ? css.right : ''}`}
                    >
                      <RowInput
                        {...{ column, row, onPick, disabled: locked, problem: problemAt(at, column.id) }}
                        onChange={(values) => patch(at, values)}
                      />
                    </td>
                  ))}
                  {locked ? null : (
                    <td className={css.rowTools}>
                      <IconButton
                        size="small"
                        icon={Copy}
                        iconSize={14}
                        label={t('fields.copyRow')}
                        disabled={full}
                        onClick={() => copy(at)}
                      />
                      <IconButton
                        size="small"
                        icon={Trash2}
                        iconSize={14}
                        label={t('fields.deleteRow')}
                        onClick={() => remove(at)}
                      />
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
            <Foot columns={columns} rows={rows} locked={locked} />
          </table>
        </div>
      ) : null}
      {locked ? null : (
        <Button
          className={rows.length > 0 ? css.add : ''}
          size="small"
          icon={<Plus size={14} />}
          disabled={full}
          onClick={() => add()}
        >
          {t('fields.addRow')}
        </Button>
      )}
    </Within>
  )
}
