/** Dry run on history 历史试跑: the last instances walked through the draft; what would be different, and where. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Alert, Select, Switch } from 'antd'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { useEffect, useState } from 'react'
import { api } from '@/api/client'
import type { components } from '@/api/schema'
import { useT } from '@/i18n/i18n'
import { formatTime } from '@/lib/format'
import type { AppDraft } from '@/ui/design/draft'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { spanWords } from '@/ui/record/timeline'
import { RowBones } from '@/ui/skeletons'
import { Tag } from '@/ui/tag'
import { clearOverlay } from '../overlay'
import { useNames } from '../proofs/names'
import css from '../proofs/proofs.module.css'
import { useFlow } from '../use-flow'
import { Comparison } from './comparison'
import { waitsOf } from './places'

export type Row = components['schemas']['DryRunRow']

const MANY = [20, 50, 100, 200]
const HUES = { route: 'orange', people: 'blue', outcome: 'red', time: 'grey' } as const

/** What became different, as tags. */
export function Differences({ row }: { row: Row }) {
  const t = useT()
  if (row.differs.length === 0) return <Tag hue="green">{t('proofs.same')}</Tag>
  return (
    <>
      {row.differs.map((each) => (
        <Tag key={each} hue={HUES[each as keyof typeof HUES] ?? 'grey'}>
          {t(`proofs.differs_${each}`)}
        </Tag>
      ))}
    </>
  )
}

function useDryRun(draft: AppDraft, number: number, most: number) {
  const { app, workflow, editor } = useFlow()
  const revision = editor.use((edited) => edited.revision)
  const { flush } = editor
  useEffect(() => void flush(), [flush])
  const params = { path: { app, workflow: workflow.id } }
  return useQuery({
    queryKey: ['dry-run', app, workflow.id, number, most, number === 0 ? [revision, draft.revision] : []],
    queryFn: () => api.post('/api/apps/{app}/workflows/{workflow}/dry-run', { params, body: { number, most } }),
    placeholderData: keepPreviousData,
    retry: false,
  })
}

function Line({ row, open, onOpen }: { row: Row; open: boolean; onOpen: () => void }) {
  const t = useT()
  const names = useNames()
  const Arrow = open ? ChevronDown : ChevronRight
  const outcome = (one: Row['before']) =>
    one.waiting.length > 0 ? t('proofs.waitsAt', { nodes: waitsOf(names, one) }) : names.status(one.status)
  const [was, now] = [outcome(row.before), outcome(row.after)]
  return (
    <li className={css.past} data-open={open}>
      <button type="button" onClick={onOpen} aria-expanded={open}>
        <Arrow size={15} aria-hidden />
        <span className={css.pastTitle}>
          <b>{row.title || row.record}</b>
          <small>
            {names.person(row.initiator)} · {formatTime(row.started_at)} · V{row.number}
          </small>
        </span>
        <span className={css.pastEnd}>
          <span className={css.tags}>
            <Differences row={row} />
          </span>
          <small>
            {was === now ? was : `${was} → ${now}`}
            {' · '}
            {spanWords(row.before.seconds, t)}
            {row.differs.includes('time') ? ` → ${spanWords(row.after.seconds, t)}` : ''}
          </small>
        </span>
      </button>
      {open ? <Comparison row={row} /> : null}
    </li>
  )
}

/** A sentence on top, then a line for each instance. */
export function DryRunPanel({ draft }: { draft: AppDraft }) {
  const t = useT()
  const [most, setMost] = useState(50)
  const [only, setOnly] = useState(true)
  const [opened, setOpened] = useState('')
  const { data, error, refetch, isFetching } = useDryRun(draft, 0, most)
  useEffect(() => clearOverlay, [])
  if (error !== null) return <ErrorState error={error} small onRetry={refetch} />
  if (data === undefined) return <RowBones rows={6} />
  if (data.instances === 0) {
    return <EmptyState small figure="bird" title={t('proofs.noInstances')} hint={t('proofs.noInstancesHint')} />
  }
  const { different, instances } = data
  const shown = only && different > 0 ? data.rows.filter(({ differs }) => differs.length > 0) : data.rows
  return (
    <div className={css.body} aria-busy={isFetching}>
      <div className={css.pair}>
        <Select
          size="small"
          value={most}
          aria-label={t('proofs.against')}
          options={MANY.map((count) => ({
            value: count,
            label: `${t('proofs.against')} ${t('proofs.instances', { count })}`,
          }))}
          onChange={setMost}
        />
        {different > 0 ? (
          // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
          <label className={css.toggle}>
            <Switch size="small" checked={only} onChange={setOnly} />
            {t('proofs.onlyDifferent')}
          </label>
        ) : null}
      </div>
      <Alert
        type={different > 0 ? 'warning' : 'success'}
        showIcon
        title={
          different > 0
            ? t('proofs.someDiffer', { count: instances, different })
            : t('proofs.noDifference', { count: instances })
        }
      />
      <ul className={css.pasts}>
        {shown.map((row) => (
          <Line
            key={row.instance}
            row={row}
            open={opened === row.instance}
            onOpen={() => setOpened(opened === row.instance ? '' : row.instance)}
          />
        ))}
      </ul>
    </div>
  )
}
