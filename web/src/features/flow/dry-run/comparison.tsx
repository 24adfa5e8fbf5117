/** One instance both ways 两条路对照: as it went, as it would go, and where they part. */
import { Button } from 'antd'
import { Info } from 'lucide-react'
import { useEffect } from 'react'
import type { components } from '@/api/schema'
import { useT } from '@/i18n/i18n'
import { useGo } from '@/lib/route'
import { showBadges, showTrail } from '../overlay'
import { useNames } from '../proofs/names'
import css from '../proofs/proofs.module.css'
import { useFlow } from '../use-flow'
import { nodeIn, waitsOf } from './places'

type Row = components['schemas']['DryRunRow']

function Way({ title, way, from }: { title: string; way: Row['before']; from: number }) {
  const t = useT()
  const names = useNames()
  return (
    <div className={css.way}>
      <h4>{title}</h4>
      <ol>
        {way.stops.map((stop, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: stops of a way never move
          <li key={at} data-parted={from >= 0 && at >= from}>
            {stop.label}
            {stop.people.length > 0 ? <small>{names.people(stop.people)}</small> : null}
          </li>
        ))}
        {way.waiting.length > 0 ? (
          <li data-waiting="true">{t('proofs.waitsAt', { nodes: waitsOf(names, way) })}</li>
        ) : null}
      </ol>
    </div>
  )
}

/** Two columns, the canvas shows the new way. */
export function Comparison({ row }: { row: Row }) {
  const t = useT()
  const go = useGo()
  const names = useNames()
  const { app, form } = useFlow()
  const { stops, waiting } = row.after
  useEffect(() => {
    showTrail({ nodes: [...new Set(stops.map(({ node }) => node))], tone: 'accent' })
    showBadges(Object.fromEntries(waiting.map((id) => [id, { text: '●', hue: 'teal' as const }])))
  }, [stops, waiting])
  const from = row.first?.index ?? -1
  const remarks = [
    ...row.others.map(({ node, was, now }) =>
      t('proofs.otherAsked', {
        node: nodeIn(names, node, row.after, row.before),
        was: names.person(was),
        now: names.person(now),
      }),
    ),
    ...row.refused.map(({ node, detail }) =>
      t('proofs.couldNot', { node: nodeIn(names, node, row.before, row.after), detail }),
    ),
    ...(row.assumed > 0 ? [t('proofs.assumed', { count: row.assumed })] : []),
  ]
  return (
    <div className={css.comparison}>
      {from >= 0 ? <p className={css.quiet}>{t('proofs.firstAt', { step: from + 1 })}</p> : null}
      <div className={css.ways}>
        <Way title={t('proofs.was')} way={row.before} from={from} />
        <Way title={t('proofs.would')} way={row.after} from={from} />
      </div>
      {remarks.length > 0 ? (
        <ul className={css.lines}>
          {remarks.map((words) => (
            <li key={words}>
              <Info size={14} aria-hidden />
              {words}
            </li>
          ))}
        </ul>
      ) : null}
      <Button size="small" onClick={() => go(`/app/${app}/form/${form.id}`, { record: row.record })}>
        {t('proofs.openRecord')}
      </Button>
    </div>
  )
}
