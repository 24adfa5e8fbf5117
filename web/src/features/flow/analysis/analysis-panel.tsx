/** Where the time goes 流程分析: per node and person, the bottleneck warm on the canvas; a period, and a file. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Alert, Button, Dropdown, Segmented, Table } from 'antd'
import type { ColumnsType } from 'antd/es/table'
import { Download } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { api } from '@/api/client'
import type { components } from '@/api/schema'
import { useT } from '@/i18n/i18n'
import { Person } from '@/ui/avatar'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { spanWords } from '@/ui/record/timeline'
import { RowBones } from '@/ui/skeletons'
import { clearOverlay, showBadges } from '../overlay'
import { useNames } from '../proofs/names'
import css from '../proofs/proofs.module.css'
import { useFlow } from '../use-flow'

type Figures = components['schemas']['AnalysisOut']
type NodeLine = components['schemas']['NodeLine']
type PersonLine = components['schemas']['PersonLine']

const PERIODS = [7, 30, 90, 365]
const WARMTH = ['grey', 'green', 'yellow', 'orange', 'red'] as const
const DAY = 86_400_000

const dayOf = (ago: number) => new Date(Date.now() - ago * DAY).toISOString().slice(0, 10)

function useFigures(days: number) {
  const { app, workflow } = useFlow()
  const [since, until] = [dayOf(days - 1), dayOf(0)]
  const path = { app, workflow: workflow.id }
  return {
    address: `/api/apps/${app}/workflows/${workflow.id}/analysis/export?since=${since}&until=${until}`,
    ...useQuery({
      queryKey: ['analysis', app, workflow.id, since, until],
      queryFn: () =>
        api.get('/api/apps/{app}/workflows/{workflow}/analysis', { params: { path, query: { since, until } } }),
      placeholderData: keepPreviousData,
      retry: false,
    }),
  }
}

/** The figures on the canvas: the slower, the warmer. */
function useWarmth(figures: Figures | undefined): void {
  const t = useT()
  useEffect(() => {
    const lines = figures?.nodes.filter(({ done }) => done > 0) ?? []
    const badges = lines.map(({ node, median, heat }) => [
      node,
      { text: spanWords(median, t), hue: WARMTH[heat] ?? 'grey', title: t('proofs.median') },
    ])
    showBadges(Object.fromEntries(badges))
  }, [figures, t])
  useEffect(() => clearOverlay, [])
}

const right = { align: 'right' as const, className: 'tabular' }

function useColumns(person: boolean): ColumnsType<NodeLine | PersonLine> {
  const t = useT()
  return useMemo(() => {
    const time = (seconds: number | null | undefined, line: NodeLine) =>
      seconds == null || line.done === 0 ? '–' : spanWords(seconds, t)
    const count = (key: 'done' | 'returned' | 'rejected' | 'overdue' | 'open') => ({
      title: t(`proofs.${key}`),
      dataIndex: key,
      sorter: (one: NodeLine, other: NodeLine) => (one[key] ?? 0) - (other[key] ?? 0),
      render: (value: number) => value || '–',
      ...right,
    })
    const span = (key: 'median' | 'ninety' | 'waiting' | 'working') => ({
      title: t(`proofs.${key}`),
      dataIndex: key,
      sorter: (one: NodeLine, other: NodeLine) => (one[key] ?? 0) - (other[key] ?? 0),
      render: time,
      ...right,
    })
    const who = { title: t('proofs.person'), dataIndex: 'name', render: (name: string) => <Person name={name} /> }
    const where = { title: t('proofs.node'), dataIndex: 'label', fixed: 'left' as const, width: 132 }
    const spans = [span('median'), span('ninety'), span('waiting'), span('working')]
    const counts = [count('returned'), count('rejected'), ...(person ? [] : [count('overdue')]), count('open')]
    return [where, ...(person ? [who] : []), count('done'), ...spans, ...counts]
  }, [t, person])
}

function Summary({ figures }: { figures: Figures }) {
  const t = useT()
  const names = useNames()
  const narrow = figures.nodes.find(({ node }) => node === figures.bottleneck)
  return (
    <>
      {figures.ended.length > 0 ? (
        <ul className={css.ended}>
          {figures.ended.map(({ status, count, seconds }) => (
            <li key={status}>
              {t('proofs.endedAs', { status: names.status(status), count, time: spanWords(seconds, t) })}
            </li>
          ))}
        </ul>
      ) : null}
      {narrow === undefined ? null : (
        <Alert
          type="warning"
          showIcon
          title={t('proofs.bottleneckIs', {
            node: narrow.label,
            share: `${Math.round((narrow.share ?? 0) * 100)}%`,
            median: spanWords(narrow.median, t),
          })}
          description={t('proofs.warmth')}
        />
      )}
      {figures.whole ? null : <Alert type="info" title={t('proofs.ownOnly')} />}
    </>
  )
}

/** Period, sentence, table, file. */
export function AnalysisPanel() {
  const t = useT()
  const [days, setDays] = useState(90)
  const [by, setBy] = useState<'node' | 'person'>('node')
  const { data, error, refetch, isFetching, address } = useFigures(days)
  const columns = useColumns(by === 'person')
  useWarmth(data)
  const lines: (NodeLine | PersonLine)[] = (by === 'node' ? data?.nodes : data?.people) ?? []
  const file = (format: string) => window.location.assign(`${address}&format=${format}`)
  const formats = ['xlsx', 'csv'].map((key) => ({ key, label: `.${key}` }))
  return (
    <div className={css.body} aria-busy={isFetching}>
      <div className={css.pair}>
        <Segmented
          size="small"
          value={days}
          options={PERIODS.map((count) => ({ value: count, label: t('proofs.days', { count }) }))}
          onChange={setDays}
        />
        <Segmented
          size="small"
          value={by}
          options={[
            { value: 'node' as const, label: t('proofs.byNode') },
            { value: 'person' as const, label: t('proofs.byPerson') },
          ]}
          onChange={setBy}
        />
        <span className={css.push} />
        <Dropdown trigger={['click']} menu={{ items: formats, onClick: ({ key }) => file(key) }}>
          <Button size="small" icon={<Download size={14} aria-hidden />} disabled={lines.length === 0}>
            {t('proofs.export')}
          </Button>
        </Dropdown>
      </div>
      {error === null ? null : <ErrorState error={error} small onRetry={refetch} />}
      {data === undefined && error === null ? <RowBones rows={5} /> : null}
      {data === undefined ? null : <Summary figures={data} />}
      {data !== undefined && lines.length === 0 ? (
        <EmptyState small figure="boat" title={t('proofs.nothingDone')} hint={t('proofs.nothingDoneHint')} />
      ) : null}
      {lines.length > 0 ? (
        <Table<NodeLine | PersonLine>
          size="small"
          rowKey={(line) => `${line.node}/${'person' in line ? line.person : ''}`}
          columns={columns}
          dataSource={lines}
          pagination={lines.length > 20 ? { pageSize: 20, size: 'small' } : false}
          scroll={{ x: 'max-content' }}
        />
      ) : null}
    </div>
  )
}
