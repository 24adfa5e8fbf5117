/** The figures as a table 流程数据表, and on a phone as cards. */
import { Table } from 'antd'
import type { ColumnsType } from 'antd/es/table'
import { useMemo } from 'react'
import { useT } from '@/i18n/i18n'
import { useIsPhone } from '@/lib/use-is-phone'
import { Person } from '@/ui/avatar'
import { spanWords } from '@/ui/record/timeline'
import css from './analysis.module.css'
import { type Line, type NodeLine, personOf, warmth } from './figures'

const right = { align: 'right' as const, className: 'tabular' }
const COUNTS = ['returned', 'rejected', 'overdue', 'open'] as const
const SPANS = ['median', 'ninety', 'waiting', 'working'] as const
const MANY = 20

type Count = 'done' | (typeof COUNTS)[number]
type Stretch = (typeof SPANS)[number]

/** A stretch of time; a dash where nothing was answered. */
function useTimes() {
  const t = useT()
  return (line: Line, key: Stretch) => {
    const seconds = line[key]
    return seconds == null || line.done === 0 ? '–' : spanWords(seconds, t)
  }
}

function useColumns(person: boolean, looked: boolean): ColumnsType<Line> {
  const t = useT()
  const time = useTimes()
  return useMemo(() => {
    const by = (key: Count | Stretch) => (one: NodeLine, other: NodeLine) => (one[key] ?? 0) - (other[key] ?? 0)
    const count = (key: Count) => ({
      title: t(`proofs.${key}`),
      dataIndex: key,
      sorter: by(key),
      render: (value: number) => value || '–',
      ...right,
    })
    const span = (key: Stretch) => ({
      title: t(`proofs.${key}`),
      dataIndex: key,
      sorter: by(key),
      render: (_: unknown, line: Line) => time(line, key),
      ...right,
    })
    const who = { title: t('proofs.person'), dataIndex: 'name', render: (name: string) => <Person name={name} /> }
    const where = { title: t('proofs.node'), dataIndex: 'label', fixed: 'left' as const, width: 168 }
    const spans = SPANS.filter((key) => looked || key === 'median' || key === 'ninety')
    return [where, ...(person ? [who] : []), count('done'), ...spans.map(span), ...COUNTS.map(count)]
  }, [t, time, person, looked])
}

function Card({ line }: { line: Line }) {
  const t = useT()
  const time = useTimes()
  const person = personOf(line)
  const counts = COUNTS.filter((key) => (line[key] ?? 0) > 0)
  return (
    <li className={css.card}>
      <div className={css.cardHead}>
        <strong>{line.label}</strong>
        {'name' in line ? <Person name={line.name} seed={person} size={18} /> : null}
        <span className={css.cardTime} style={{ color: `var(--hue-${warmth(line.heat)}-ink)` }}>
          {time(line, 'median')}
        </span>
      </div>
      {line.share ? (
        <div className={css.share} title={`${Math.round(line.share * 100)}%`}>
          <span
            style={{ width: `${Math.max(2, line.share * 100)}%`, background: `var(--hue-${warmth(line.heat)}-ink)` }}
          />
        </div>
      ) : null}
      <div className={css.cardFoot}>
        <span>
          {t('proofs.done')} {line.done}
        </span>
        {line.done > 0 ? (
          <span>
            {t('proofs.ninety')} {time(line, 'ninety')}
          </span>
        ) : null}
        {counts.map((key) => (
          <span key={key} data-late={key === 'overdue'}>
            {t(`proofs.${key}`)} {line[key]}
          </span>
        ))}
      </div>
    </li>
  )
}

/** A line for each node, or for each person at each node. */
export function FigureTable({ lines, person }: { lines: Line[]; person: boolean }) {
  const phone = useIsPhone()
  const columns = useColumns(
    person,
    lines.some(({ working }) => working != null),
  )
  const keyOf = (line: Line) => `${line.node}/${personOf(line)}`
  if (phone)
    return (
      <ul className={css.cards}>
        {lines.map((line) => (
          <Card key={keyOf(line)} line={line} />
        ))}
      </ul>
    )
  return (
    <Table<Line>
      size="small"
      rowKey={keyOf}
      columns={columns}
      dataSource={lines}
      pagination={lines.length > MANY ? { pageSize: MANY, size: 'small' } : false}
      scroll={{ x: 'max-content' }}
    />
  )
}
