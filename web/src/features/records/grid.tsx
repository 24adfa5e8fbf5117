/** Rows on a desktop 数据表格: only what is seen is drawn, so that a hundred thousand rows stay smooth. */
// biome-ignore-all lint/a11y/useSemanticElements: rows that are drawn only when seen cannot be a <table>
import { useVirtualizer } from '@tanstack/react-virtual'
import { Checkbox } from 'antd'
import { type KeyboardEvent, memo, useEffect, useMemo, useRef, useState } from 'react'
import type { Field } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import { useT } from '@/i18n/i18n'
import { FieldValue } from '@/ui/record/field-value'
import type { Sort } from '@/ui/record/shape'
import { seenValues } from '@/ui/record/system'
import { GridHead } from './grid-head'
import css from './records.module.css'
import type { RecordOut } from './use-records'
import { templateOf } from './use-widths'
import type { Widths } from './views'

export const ROW = 36
const AHEAD = 15

export interface GridProps {
  columns: Field[]
  widths: Widths
  /** null gives a column its own width back. */
  onResize: (field: string, width: number | null) => void
  title?: string
  records: RecordOut[]
  titles: Record<string, string>
  chosen: ReadonlySet<string>
  glowing: ReadonlySet<string>
  current?: string
  sort: Sort[]
  onSort: (sort: Sort[]) => void
  onHide: (field: string) => void
  onFilter: (field: Field) => void
  onChoose: (ids: ReadonlySet<string>) => void
  onOpen: (id: string) => void
  hasMore: boolean
  onMore: () => void
}

interface RowProps {
  record: RecordOut
  columns: Field[]
  title?: string
  titles: Record<string, string>
  chosen: boolean
  glowing: boolean
  current: boolean
  top: number
  index: number
  onChoose: (id: string, range: boolean) => void
  onOpen: (id: string) => void
}

function RowBody({ record, columns, title, titles, chosen, glowing, current, top, index, onChoose, onOpen }: RowProps) {
  const t = useT()
  const values = seenValues(record)
  const around = { id: record.id, values, titles }
  const marks = [css.gridRow, chosen && css.chosen, glowing && css.glow, current && css.current].filter(Boolean)
  return (
    <div
      role="row"
      className={marks.join(' ')}
      style={{ transform: `translateY(${top}px)` }}
      aria-rowindex={index + 2}
      aria-selected={chosen}
      data-record={record.id}
      tabIndex={0}
      onClick={() => onOpen(record.id)}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget) return
        if (event.key === 'Enter') onOpen(record.id)
        if (event.key === ' ') {
          event.preventDefault()
          onChoose(record.id, event.shiftKey)
        }
      }}
    >
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: only keeps the click from opening the record */}
      <div role="cell" className={css.tick} onClick={(event) => event.stopPropagation()}>
        <Checkbox
          checked={chosen}
          aria-label={t('records.choose')}
          onChange={(event) => onChoose(record.id, (event.nativeEvent as unknown as MouseEvent).shiftKey)}
        />
      </div>
      {columns.map((field) => {
        const align = typeNamed(field.type)?.align
        const look = align === 'right' ? css.right : align === 'center' ? css.center : ''
        return (
          <div key={field.id} role="cell" className={`${css.cell} ${look} ${field.id === title ? css.titleCell : ''}`}>
            <FieldValue field={field} value={values[field.id]} record={around} />
          </div>
        )
      })}
    </div>
  )
}

const Row = memo(RowBody)

/** Arrow keys walk through the rows. */
function useRowKeys(toIndex: (at: number) => void, count: number) {
  return (event: KeyboardEvent<HTMLElement>) => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('[role="row"]')
    const at = Number(row?.getAttribute('aria-rowindex')) - 2
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 15, PageUp: -15 }[event.key]
    if (!row || step === undefined || Number.isNaN(at) || event.ctrlKey) return
    event.preventDefault()
    toIndex(Math.max(0, Math.min(count - 1, at + step)))
  }
}

/** The table of a list. */
export function Grid(props: GridProps) {
  const { columns, records, titles, chosen, glowing, current, title, hasMore, onMore, onChoose, onOpen } = props
  const t = useT()
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: records.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: AHEAD,
  })
  const seen = rows.getVirtualItems()
  const last = seen.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && last >= records.length - 40) onMore()
  }, [hasMore, last, records.length, onMore])
  const template = useMemo(() => templateOf(columns, props.widths, title), [columns, props.widths, title])
  const [aside, setAside] = useState(false)
  const lastChosen = useRef('')
  const choose = useRef<(id: string, range: boolean) => void>(() => undefined)
  choose.current = (id, range) => {
    const next = new Set(chosen)
    const from = records.findIndex((each) => each.id === lastChosen.current)
    const to = records.findIndex((each) => each.id === id)
    if (range && from >= 0)
      for (const { id: each } of records.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(each)
    else if (!next.delete(id)) next.add(id)
    lastChosen.current = id
    onChoose(next)
  }
  const steady = useMemo(() => (id: string, range: boolean) => choose.current(id, range), [])
  const open = useRef(onOpen)
  open.current = onOpen
  const steadyOpen = useMemo(() => (id: string) => open.current(id), [])
  const keys = useRowKeys((at) => {
    rows.scrollToIndex(at)
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[aria-rowindex="${at + 2}"]`)?.focus())
  }, records.length)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows move between the rows inside
    <div
      className={`${css.scroller} ${aside ? css.aside : ''}`}
      ref={scroller}
      onKeyDown={keys}
      onScroll={(event) => setAside(event.currentTarget.scrollLeft > 0)}
    >
      <div
        role="table"
        aria-label={t('records.rows')}
        aria-rowcount={records.length + 1}
        className={css.grid}
        style={{ '--template': template } as React.CSSProperties}
      >
        <GridHead {...props} />
        <div role="rowgroup" style={{ height: rows.getTotalSize(), position: 'relative' }}>
          {seen.map(({ index, start }) => {
            const record = records[index]
            return record ? (
              <Row
                key={record.id}
                {...{ record, columns, title, titles, index, top: start, onChoose: steady, onOpen: steadyOpen }}
                chosen={chosen.has(record.id)}
                glowing={glowing.has(record.id)}
                current={record.id === current}
              />
            ) : null
          })}
        </div>
      </div>
    </div>
  )
}
