/** Which node of an older version is which of the newest 节点对应: suggested, and open to change. */
import { Select } from 'antd'
import { ArrowRight } from 'lucide-react'
import type { components } from '@/api/schema'
import { pick, useT } from '@/i18n/i18n'
import { nodeTypeNamed } from '@/nodes/registry'
import { Tag } from '@/ui/tag'
import css from './versions.module.css'

export type Overview = components['schemas']['MigrationOut']
export type Source = components['schemas']['SourceOut']
export type Plan = Record<string, Record<string, string>>

/** What the server suggests, as a plan. */
export function planOf(overview: Overview): Plan {
  return Object.fromEntries(
    overview.sources.map(({ hash, nodes }) => [
      hash,
      Object.fromEntries(nodes.map(({ id, suggested }) => [id, suggested])),
    ]),
  )
}

/** The places where somebody stands and which lead nowhere yet. */
export function openPlaces(overview: Overview, plan: Plan): string[] {
  return overview.sources.flatMap(({ hash, nodes }) =>
    nodes.filter(({ id, active }) => active > 0 && !plan[hash]?.[id]).map(({ id }) => `${hash}/${id}`),
  )
}

const typeWords = (type: string) => {
  const known = nodeTypeNamed(type)
  return known === undefined ? type : pick(known.label)
}

interface PlanProps {
  overview: Overview
  source: Source
  plan: Plan
  onPlan: (plan: Plan) => void
}

/** One older version: a line for each node that somebody stands at or came by. */
export function SourcePlan({ overview, source, plan, onPlan }: PlanProps) {
  const t = useT()
  const { hash, nodes, number, running } = source
  const set = (id: string, to: string) => onPlan({ ...plan, [hash]: { ...plan[hash], [id]: to } })
  const options = overview.nodes.map(({ id, label, type }) => ({ value: id, label, hint: typeWords(type) }))
  return (
    <section className={css.plan}>
      <h3>
        {t('versions.version', { number })} <small>{t('versions.runningHere', { count: running })}</small>
      </h3>
      <ul>
        {nodes.map(({ id, label, type, active }) => {
          const to = plan[hash]?.[id] ?? ''
          const missing = active > 0 && to === ''
          return (
            <li key={id} data-missing={missing}>
              <span className={css.place}>
                <b>{label}</b>
                <small>{typeWords(type)}</small>
                {active > 0 ? <Tag hue="blue">{t('versions.standing', { count: active })}</Tag> : null}
              </span>
              <ArrowRight size={15} aria-hidden />
              <Select
                value={to || undefined}
                status={missing ? 'error' : undefined}
                allowClear={active === 0}
                showSearch={{ optionFilterProp: 'label' }}
                aria-label={t('versions.becomes', { node: label })}
                placeholder={active > 0 ? t('versions.choose') : t('versions.goneNode')}
                options={options}
                optionRender={({ data }) => (
                  <span>
                    {data.label} <small className={css.quiet}>{data.hint}</small>
                  </span>
                )}
                onChange={(next?: string) => set(id, next ?? '')}
              />
            </li>
          )
        })}
      </ul>
    </section>
  )
}
