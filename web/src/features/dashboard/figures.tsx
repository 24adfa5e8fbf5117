/** One number, large 指标卡: alone, as a share, or against what was to be reached. */
import { Tooltip } from 'antd'
import { useT } from '@/i18n/i18n'
import { formatPercent } from '@/lib/format'
import type { WidgetData } from './answer'
import css from './dashboard.module.css'
import { exactOf, shortOf, type Unit } from './numbers'

interface FigureProps {
  data: WidgetData
  units: Unit[]
}

function Small({ label, value, unit }: { label: string; value: string | null | undefined; unit: Unit }) {
  return (
    <span className={css.second}>
      {label} <b className="tabular">{shortOf(value, unit)}</b>
    </span>
  )
}

/** The first measure; the second stands small beneath it. */
export function PlainFigure({ data, units }: FigureProps) {
  const { figure, measures } = data
  const unit = units[0] ?? 'plain'
  return (
    <div className={css.figure}>
      <Tooltip title={`${measures[0] ?? ''} ${exactOf(figure.value ?? '0', unit)}`}>
        <span className={css.big}>{shortOf(figure.value ?? '0', unit)}</span>
      </Tooltip>
      {measures.length > 1 ? (
        <Small label={measures[1] ?? ''} value={figure.second ?? '0'} unit={units[1] ?? 'plain'} />
      ) : (
        <span className={css.second}>{measures[0]}</span>
      )}
    </div>
  )
}

/** The first measure in percent of the second. */
export function Ratio({ data, units }: FigureProps) {
  const { figure, measures } = data
  const parts = measures
    .slice(0, 2)
    .map((label, at) => `${label} ${shortOf(at === 0 ? figure.value : figure.second, units[at] ?? 'plain')}`)
  return (
    <div className={css.figure}>
      <span className={css.big}>{figure.ratio ? formatPercent(figure.ratio) : '—'}</span>
      <span className={css.second}>{parts.join(' / ')}</span>
    </div>
  )
}

/** How much of the goal is reached, with a bar. */
export function Target({ data, units }: FigureProps) {
  const t = useT()
  const { figure } = data
  const unit = units[0] ?? 'plain'
  const share = figure.ratio ? Number(figure.ratio) : null
  const reached = share !== null && share >= 1
  return (
    <div className={css.figure}>
      <div className={css.line}>
        <Tooltip title={exactOf(figure.value ?? '0', unit)}>
          <span className={css.big}>{shortOf(figure.value ?? '0', unit)}</span>
        </Tooltip>
        {share === null ? null : (
          <span className={css.attained} data-reached={reached}>
            {formatPercent(share, share < 0.1 ? 1 : 0)}
          </span>
        )}
      </div>
      {share === null ? (
        <span className={css.second}>{t('dashboard.noGoal')}</span>
      ) : (
        <>
          <div
            className={css.track}
            role="progressbar"
            aria-valuenow={Math.round(share * 100)}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-label={t('dashboard.attainment')}
          >
            <span style={{ width: `${Math.min(100, Math.max(0, share * 100))}%` }} data-reached={reached} />
          </div>
          <Tooltip title={exactOf(figure.goal, unit)}>
            <span className={css.second}>
              {t('dashboard.goal')} <b className="tabular">{shortOf(figure.goal, unit)}</b>
            </span>
          </Tooltip>
        </>
      )}
    </div>
  )
}
