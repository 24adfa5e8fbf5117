/** Where a workflow stands 流程进度: its map, why it waits, what has failed, whom it belongs to. */
import { Link2 } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { useGo } from '@/lib/route'
import { STATUS_HUES, statusWord } from '@/ui/record/system'
import { Why } from '@/ui/record/why'
import { Tag } from '@/ui/tag'
import { FlowMap } from '../drawing/flow-map'
import type { Deeds, Flow, Place } from './deeds'
import { Failures } from './failures'
import css from './running.module.css'

type Relative = NonNullable<Flow['parent']>

function Relatives({ label, all }: { label: string; all: Relative[] }) {
  const t = useT()
  const go = useGo()
  if (all.length === 0) return null
  return (
    <div className={css.relatives}>
      <span>{label}</span>
      {all.map(({ instance, app, form, form_name, record, title, status }) => (
        <button key={instance} type="button" onClick={() => go(`/app/${app}/form/${form}`, { record, tab: 'flow' })}>
          <Link2 size={14} aria-hidden />
          {form_name} · {title || record}
          <Tag hue={STATUS_HUES[status]}>{statusWord(status, t)}</Tag>
        </button>
      ))}
    </div>
  )
}

interface StandingProps {
  flow: Flow
  deeds: Deeds
  map?: boolean
  place?: Place
}

/** Map first, then the words. */
export function Standing({ flow, deeds, map = true, place }: StandingProps) {
  const t = useT()
  const failed = (flow.failures ?? []).map(({ node }) => node)
  return (
    <>
      {map ? <FlowMap nodes={flow.nodes} active={flow.active} visited={flow.visited ?? []} failed={failed} /> : null}
      <Why waiting={flow.waiting} dueAt={flow.due_at} />
      <Failures {...{ flow, deeds, place }} />
      <Relatives label={t('running.parent')} all={flow.parent ? [flow.parent] : []} />
      <Relatives label={t('running.children')} all={flow.children ?? []} />
    </>
  )
}
