/** Where the time of a workflow goes 流程分析: a page for administrators, and for heads of departments over their people. */
import { DatePicker, Segmented, Select } from 'antd'
import dayjs from 'dayjs'
import { useMemo } from 'react'
import { useApi } from '@/api/query'
import { useT } from '@/i18n/i18n'
import { usePath, useSearchState } from '@/lib/route'
import { useIsPhone } from '@/lib/use-is-phone'
import { FlowMap } from '@/nodes/drawing/flow-map'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { PageHeader } from '@/ui/page-header'
import { spanWords } from '@/ui/record/timeline'
import { RowBones } from '@/ui/skeletons'
import { Toolbar } from '@/ui/toolbar'
import css from '../analysis/analysis.module.css'
import { FigureTable } from '../analysis/figure-table'
import { type Figures, type Line, lastDays, PERIODS, type Period, useFigures, warmth } from '../analysis/figures'
import { Summary } from '../analysis/summary'
import { ByChoice, ExportButton } from '../analysis/ways-in'

interface Search {
  flow?: string
  /** How many days back, unless two days are given. */
  days?: number
  since?: string
  until?: string
  by?: string
}

const USUAL = 90
const DAY = /^\d{4}-\d{2}-\d{2}$/

function periodOf({ days, since, until }: Search): { period: Period; preset: number } {
  if (DAY.test(String(since)) && DAY.test(String(until)))
    return { period: { since: String(since), until: String(until) }, preset: 0 }
  const preset = PERIODS.includes(Number(days)) ? Number(days) : USUAL
  return { period: lastDays(preset), preset }
}

/** The drawing, from left to right, each node as warm as it is slow. */
function Warm({ figures }: { figures: Figures }) {
  const t = useT()
  const badges = useMemo(
    () =>
      Object.fromEntries(
        figures.nodes
          .filter(({ done }) => done > 0)
          .map(({ node, median, heat }) => [node, { text: spanWords(median, t), hue: warmth(heat) }]),
      ),
    [figures.nodes, t],
  )
  const { bottleneck, start, drawn } = figures
  return (
    <FlowMap
      nodes={drawn as Record<string, unknown>}
      start={start}
      active={[]}
      visited={[]}
      badges={badges}
      look={bottleneck}
    />
  )
}

/** What the figures sum up to. */
function Totals({ figures }: { figures: Figures }) {
  const t = useT()
  const sum = (key: 'done' | 'open' | 'overdue' | 'returned') =>
    figures.nodes.reduce((all, line) => all + (line[key] ?? 0), 0)
  const shown = figures.whole
    ? (['done', 'open', 'overdue', 'returned'] as const)
    : (['done', 'open', 'returned'] as const)
  return (
    <dl className={css.totals}>
      {shown.map((key) => (
        <div key={key} data-late={key === 'overdue' && sum(key) > 0}>
          <dt>{t(`proofs.${key}`)}</dt>
          <dd>{sum(key).toLocaleString()}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Which workflow, when, and what came of it. */
export default function AnalysisPage() {
  const t = useT()
  const phone = useIsPhone()
  const { app } = usePath()
  const [search, setSearch] = useSearchState<Search>()
  const menu = useApi('/api/apps/{app}/menu', { params: { path: { app } } }, { staleTime: 60_000 })
  const flows = menu.data?.analyses ?? []
  const flow = flows.find(({ id }) => id === search.flow)?.id ?? flows[0]?.id ?? ''
  const name = flows.find(({ id }) => id === flow)?.name
  const { period, preset } = periodOf(search)
  const by = search.by === 'person' ? 'person' : 'node'
  const { data, error, refetch, isFetching, address } = useFigures(app, flow, period)
  const lines: Line[] = (by === 'node' ? data?.nodes : data?.people) ?? []
  const busy = data?.nodes.some(({ done, open }) => done > 0 || open > 0) === true
  const put = (patch: Search) => setSearch(patch, { replace: true })
  const words = PERIODS.map((count) => ({ value: count, label: t('proofs.days', { count }) }))
  if (menu.data && flows.length === 0)
    return <EmptyState figure="boat" title={t('proofs.notYours')} hint={t('proofs.notYoursHint')} />
  return (
    <div className={css.page} aria-busy={isFetching}>
      <PageHeader
        title={t('proofs.analysisTitle')}
        note={[name, phone ? '' : t('proofs.analysisHint')].filter(Boolean).join(' · ')}
      >
        <ExportButton address={address} disabled={lines.length === 0} />
      </PageHeader>
      <Toolbar label={t('proofs.analysisTitle')} end={<ByChoice value={by} onChange={(next) => put({ by: next })} />}>
        {flows.length > 1 ? (
          <Select
            className={css.flow}
            value={flow}
            aria-label={t('proofs.whichFlow')}
            showSearch={{ optionFilterProp: 'label' }}
            options={flows.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(next) => put({ flow: next })}
          />
        ) : null}
        {phone ? (
          <Select
            value={preset}
            options={words}
            aria-label={t('proofs.period')}
            onChange={(days) => put({ days, since: undefined, until: undefined } as Search)}
          />
        ) : (
          <Segmented
            value={preset}
            options={words}
            aria-label={t('proofs.period')}
            onChange={(days) => put({ days, since: undefined, until: undefined } as Search)}
          />
        )}
        {phone ? null : (
          <DatePicker.RangePicker
            allowClear={false}
            value={[dayjs(period.since), dayjs(period.until)]}
            maxDate={dayjs(lastDays(1).until)}
            aria-label={t('proofs.period')}
            onChange={(picked) => {
              const [since, until] = (picked ?? []).map((day) => day?.format('YYYY-MM-DD'))
              if (since && until) put({ since, until })
            }}
          />
        )}
      </Toolbar>
      <div className={css.body}>
        {error === null ? null : <ErrorState error={error} onRetry={refetch} />}
        {data === undefined && error === null ? <RowBones rows={8} /> : null}
        {data === undefined || error ? null : (
          <>
            {busy ? <Totals figures={data} /> : null}
            <Summary figures={data} />
            <Warm figures={data} />
            {busy ? (
              <FigureTable lines={lines} person={by === 'person'} />
            ) : (
              <EmptyState small figure="boat" title={t('proofs.nothingDone')} hint={t('proofs.nothingDoneHint')} />
            )}
          </>
        )}
      </div>
    </div>
  )
}
