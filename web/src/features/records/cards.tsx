/** Rows on a phone 数据卡片: the title, and a few values under it. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import type { Field } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { FieldValue } from '@/ui/record/field-value'
import { isBlank } from '@/ui/record/shape'
import { seenValues } from '@/ui/record/system'
import css from './records.module.css'
import type { RecordOut } from './use-records'

const CARD = 112
const MOST_LINES = 4

interface CardsProps {
  columns: Field[]
  title?: string
  records: RecordOut[]
  titles: Record<string, string>
  glowing: ReadonlySet<string>
  onOpen: (id: string) => void
  hasMore: boolean
  onMore: () => void
}

function Card({
  record,
  columns,
  title,
  titles,
  glowing,
  onOpen,
}: Omit<CardsProps, 'records' | 'hasMore' | 'onMore' | 'glowing'> & { record: RecordOut; glowing: boolean }) {
  const t = useT()
  const values = seenValues(record)
  const around = { id: record.id, values, titles }
  const lines = columns.filter((field) => field.id !== title && !isBlank(values[field.id])).slice(0, MOST_LINES)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a card holds links of its own, which a button may not
    <div
      role="button"
      tabIndex={0}
      className={`${css.card} ${glowing ? css.glow : ''}`}
      data-record={record.id}
      onClick={() => onOpen(record.id)}
      onKeyDown={(event) => event.key === 'Enter' && onOpen(record.id)}
    >
      <div className={css.cardTitle}>{record.title || t('records.untitled')}</div>
      <dl className={css.cardLines}>
        {lines.map((field) => (
          <div key={field.id} className={css.cardLine}>
            <dt>{field.label}</dt>
            <dd>
              <FieldValue field={field} value={values[field.id]} record={around} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

/** The cards of a list. */
export function Cards({ records, hasMore, onMore, glowing, ...rest }: CardsProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const cards = useVirtualizer({
    count: records.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => CARD,
    overscan: 8,
    gap: 8,
  })
  const seen = cards.getVirtualItems()
  const last = seen.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && last >= records.length - 20) onMore()
  }, [hasMore, last, records.length, onMore])
  return (
    <div className={css.cards} ref={scroller}>
      <div style={{ height: cards.getTotalSize(), position: 'relative' }}>
        {seen.map(({ index, start }) => {
          const record = records[index]
          return record ? (
            <div
              key={record.id}
              ref={cards.measureElement}
              data-index={index}
              className={css.cardPlace}
              style={{ transform: `translateY(${start}px)` }}
            >
              <Card record={record} glowing={glowing.has(record.id)} {...rest} />
            </div>
          ) : null
        })}
      </div>
    </div>
  )
}
