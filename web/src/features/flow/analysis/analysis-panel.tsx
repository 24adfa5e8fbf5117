/** Where the time goes, beside the canvas 流程分析: per node and person, the bottleneck warm on the drawing. */
import { Segmented } from 'antd'
import { useEffect, useState } from 'react'
import { useT } from '@/i18n/i18n'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { spanWords } from '@/ui/record/timeline'
import { RowBones } from '@/ui/skeletons'
import { clearOverlay, showBadges } from '../overlay'
import css from '../proofs/proofs.module.css'
import { useFlow } from '../use-flow'
import { FigureTable } from './figure-table'
import { type Figures, type Line, lastDays, PERIODS, useFigures, warmth } from './figures'
import { Summary } from './summary'
import { type By, ByChoice, ExportButton } from './ways-in'

/** The figures on the canvas: the slower, the warmer. */
function useWarmth(figures: Figures | undefined): void {
  const t = useT()
  useEffect(() => {
    const lines = figures?.nodes.filter(({ done }) => done > 0) ?? []
    const badges = lines.map(({ node, median, heat }) => [
      node,
      { text: spanWords(median, t), hue: warmth(heat), title: t('proofs.median') },
    ])
    showBadges(Object.fromEntries(badges))
  }, [figures, t])
  useEffect(() => clearOverlay, [])
}

/** Period, sentence, table, file. */
export function AnalysisPanel() {
  const t = useT()
  const [days, setDays] = useState(90)
  const [by, setBy] = useState<By>('node')
  const { app, workflow } = useFlow()
  const { data, error, refetch, isFetching, address } = useFigures(app, workflow.id, lastDays(days))
  useWarmth(data)
  const lines: Line[] = (by === 'node' ? data?.nodes : data?.people) ?? []
  return (
    <div className={css.body} aria-busy={isFetching}>
      <div className={css.pair}>
        <Segmented
          size="small"
          value={days}
          options={PERIODS.map((count) => ({ value: count, label: t('proofs.days', { count }) }))}
          onChange={setDays}
        />
        <ByChoice size="small" value={by} onChange={setBy} />
        <span className={css.push} />
        <ExportButton size="small" address={address} disabled={lines.length === 0} />
      </div>
      {error === null ? null : <ErrorState error={error} small onRetry={refetch} />}
      {data === undefined && error === null ? <RowBones rows={5} /> : null}
      {data === undefined ? null : <Summary figures={data} />}
      {data !== undefined && lines.length === 0 ? (
        <EmptyState small figure="boat" title={t('proofs.nothingDone')} hint={t('proofs.nothingDoneHint')} />
      ) : null}
      {lines.length > 0 ? <FigureTable lines={lines} person={by === 'person'} /> : null}
    </div>
  )
}
