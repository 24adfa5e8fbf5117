/** Rows as a table 子表单表格: typed through with the keyboard, pasted into, put in order, summed at the foot. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { Button } from 'antd'
import { Copy, Plus, Trash2 } from 'lucide-react'
import { type ClipboardEvent, type KeyboardEvent, useRef } from 'react'
import { useFieldContext } from '@/fields/context'
import type { Field, InputProps, Values } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { IconButton } from '@/ui/icon-button'
import { toast } from '@/ui/toast'
import css from './fields.module.css'
import { cellsOf } from './paste'
import { isGiven, RowInput, Within } from './row-cell'
import { useRowDrag } from './row-drag'
import { mentionedIn, type RowsSettings, type RowValues, shownColumns, sumsOf } from './rows'
import { useRows } from './use-rows'

const NARROWEST = 104
const WIDEST = 168
const MOST: Record<string, number> = { quarter: 76, third: 120 }
/** From so many rows on only those that are seen are drawn. */
const MANY = 40
const ROW_HEIGHT = 41

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

function Foot({
  field,
  columns,
  rows,
  locked,
}: {
  field: RowsSettings
  columns: Field[]
  rows: RowValues[]
  locked: boolean
}) {
  const t = useT()
  const { typeNamed } = useColumnLook()
  const sums = sumsOf(columns, rows, typeNamed, field.totals)
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

type Deeds = ReturnType<typeof useRows>

/** Where a key or a paste happened. */
function placeOf(target: EventTarget) {
  const cell = (target as HTMLElement).closest('td')
  const row = cell?.parentElement as HTMLTableRowElement | null
  return cell && row?.dataset.at !== undefined ? { row: Number(row.dataset.at), column: cell.cellIndex - 1 } : null
}

/** Up and down go to the same column of the neighbouring row, with Alt they move the row; Ctrl+Enter adds one. */
function useKeys({ add, move, rows, locked, fixed }: Deeds, show: (at: number) => void) {
  const table = useRef<HTMLTableElement>(null)
  const focus = (row: number, column: number) => {
    show(row)
    requestAnimationFrame(() => {
      const target = table.current?.querySelector<HTMLTableRowElement>(`tr[data-at="${row}"]`)?.cells[column + 1]
      target?.querySelector<HTMLElement>('input, textarea, button')?.focus()
    })
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const place = placeOf(event.target)
    if (!place) return
    const inSelect = (event.target as HTMLElement).closest('.ant-select, .ant-picker, textarea') !== null
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !locked && !fixed) {
      event.preventDefault()
      event.stopPropagation()
      add()
      focus(rows.length, 0)
    } else if (step !== 0 && event.altKey && !locked && !fixed) {
      event.preventDefault()
      move(place.row, place.row + step)
      focus(Math.max(0, Math.min(rows.length - 1, place.row + step)), place.column)
    } else if (step !== 0 && !inSelect && !event.ctrlKey) {
      event.preventDefault()
      focus(place.row + step, place.column)
    }
  }
  return { table, onKeyDown }
}

/** A copied table goes into the cells from the focused one on; a single text is pasted as ever. */
function usePaste({ paste, locked, most }: Deeds, columns: Field[]) {
  const t = useT()
  const around = useFieldContext()
  return (event: ClipboardEvent<HTMLElement>) => {
    const text = event.clipboardData.getData('text/plain')
    const place = placeOf(event.target)
    if (locked || !place || !/[\t\n]/.test(text.trimEnd())) return
    event.preventDefault()
    const cells = cellsOf(text)
    const over = paste(place, columns, cells, around)
    if (over > 0) toast.error(t('fill.pasteTooMany', { limit: most, count: over }))
    else toast.done(t('fill.pasted', { count: cells.length }))
  }
}

function Tools({ at, deeds }: { at: number; deeds: Deeds }) {
  const t = useT()
  const { copy, remove, full, fixed } = deeds
  return (
    <td className={css.rowTools}>
      {fixed ? null : (
        <>
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
        </>
      )}
    </td>
  )
}

interface BodyProps {
  deeds: Deeds
  columns: Field[]
  onPick: InputProps<object>['onPick']
  around: Values | undefined
  shown: { index: number; start: number; end: number }[]
  height: number
}

function Body({ deeds, columns, onPick, around, shown, height }: BodyProps) {
  const t = useT()
  const { right } = useColumnLook()
  const { rows, locked, fixed, patch, problemAt, isFixed, move } = deeds
  const drag = useRowDrag(move)
  const [before, after] = [shown[0]?.start ?? 0, height - (shown.at(-1)?.end ?? height)]
  return (
    <tbody>
      {before > 0 ? <tr aria-hidden style={{ height: before }} /> : null}
      {shown.map(({ index: at }) => {
        const row = rows[at]
        if (!row) return null
        return (
          <tr key={String(row.id ?? at)} data-at={at} data-over={drag.over === at} {...drag.row(at)}>
            <td
              className={css.rowNumber}
              {...(locked || fixed ? {} : { ...drag.handle(at), title: t('fill.moveRow'), 'data-grab': true })}
            >
              {at + 1}
            </td>
            {columns.map((column) => (
              <td
                key={column.id}
                data-problem-path={`${at}.${column.id}`}
                className={`${isGiven(column) ? css.read : ''} ${right(column) ? css.right : ''}`}
              >
                <RowInput
                  {...{ column, row, around, onPick, problem: problemAt(at, column.id) }}
                  disabled={locked || isFixed(at, column.id)}
                  onChange={(values) => patch(at, values)}
                />
              </td>
            ))}
            {locked ? null : <Tools at={at} deeds={deeds} />}
          </tr>
        )
      })}
      {after > 0 ? <tr aria-hidden style={{ height: after }} /> : null}
    </tbody>
  )
}

/** The table and what stands under it. */
export function RowsTable(props: InputProps<RowsSettings, RowValues[]>) {
  const t = useT()
  const { field, onPick } = props
  const deeds = useRows(props)
  const { rows, locked, full, fixed, add } = deeds
  const scroll = useRef<HTMLDivElement>(null)
  const columns = shownColumns(field)
  const around = mentionedIn(field).length > 0 ? props.values : undefined
  const many = rows.length > MANY
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    enabled: many,
  })
  const { table, onKeyDown } = useKeys(deeds, (at) => many && virtual.scrollToIndex(at))
  const onPaste = usePaste(deeds, columns)
  const shown = many ? virtual.getVirtualItems() : rows.map((_, index) => ({ index, start: 0, end: 0 }))
  return (
    <Within subform={field.id}>
      {rows.length > 0 ? (
        <div ref={scroll} className={`${css.rowsScroll} ${many ? css.rowsMany : ''}`}>
          <table className={css.rowsTable} ref={table} {...{ onKeyDown, onPaste }} aria-label={field.label}>
            <Head columns={columns} locked={locked} />
            <Body {...{ deeds, columns, onPick, shown, around }} height={many ? virtual.getTotalSize() : 0} />
            <Foot {...{ field, columns, rows, locked }} />
          </table>
        </div>
      ) : null}
      {locked || fixed ? null : (
        <div className={rows.length > 0 ? css.add : ''}>
          <Button size="small" icon={<Plus size={14} />} disabled={full} onClick={() => add()}>
            {t('fields.addRow')}
          </Button>
          {rows.length > 0 ? <span className={css.pasteHint}>{t('fill.pasteHint')}</span> : null}
        </div>
      )}
    </Within>
  )
}
