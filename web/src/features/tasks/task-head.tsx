/** The head of what is open 待办标题: what, whose, where it stands, and why it waits. */
import { ArrowLeft, CornerUpLeft, ExternalLink, Map as MapIcon, Minimize2 } from 'lucide-react'
import { useState } from 'react'
import type { components } from '@/api/schema'
import { useFieldContext } from '@/fields/context'
import { useT } from '@/i18n/i18n'
import { formatTime } from '@/lib/format'
import { useIsPhone } from '@/lib/use-is-phone'
import { FlowMap } from '@/nodes/drawing/flow-map'
import { Person } from '@/ui/avatar'
import { IconButton } from '@/ui/icon-button'
import { FlowStrip } from '@/ui/record/flow-strip'
import { STATUS_HUES, statusWord } from '@/ui/record/system'
import type { TimelineEntry } from '@/ui/record/timeline'
import { Why } from '@/ui/record/why'
import { Tag } from '@/ui/tag'
import { sentBackBy } from './cards'
import css from './tasks.module.css'

interface TaskHeadProps {
  title: string
  formName: string
  flow: components['schemas']['FlowOut'] | null | undefined
  onOpenRecord: () => void
  onBack: () => void
  children?: React.ReactNode
}

/** Title, people, the small map of the workflow. */
export function TaskHead({ title, formName, flow, onOpenRecord, onBack, children }: TaskHeadProps) {
  const t = useT()
  const phone = useIsPhone()
  const [map, setMap] = useState(false)
  const { members } = useFieldContext()
  const initiator = flow?.initiator ?? ''
  const sentBack = sentBackBy((flow?.timeline ?? []) as TimelineEntry[])
  return (
    <header className={css.head}>
      <div className={css.headLine}>
        {phone ? <IconButton icon={ArrowLeft} iconSize={20} label={t('ui.back')} onClick={onBack} /> : null}
        <h2 className={css.title}>{title || formName}</h2>
        {flow ? <Tag hue={STATUS_HUES[flow.status]}>{statusWord(flow.status, t)}</Tag> : null}
        <span className={css.headEnd}>
          {children}
          <IconButton icon={ExternalLink} label={t('tasks.openRecord')} onClick={onOpenRecord} />
        </span>
      </div>
      <div className={css.headNote}>
        <span>{formName}</span>
        {initiator ? (
          <Person name={members.find((each) => each.id === initiator)?.name ?? ''} seed={initiator} size={18} />
        ) : null}
        {flow ? <time>{t('tasks.startedAt', { time: formatTime(flow.started_at) })}</time> : null}
      </div>
      {flow ? (
        <div className={css.map}>
          {map ? (
            <FlowMap nodes={flow.nodes} active={flow.active} visited={flow.visited ?? []} />
          ) : (
            <FlowStrip entries={flow.timeline as TimelineEntry[]} active={flow.active} />
          )}
          <IconButton
            icon={map ? Minimize2 : MapIcon}
            size="small"
            label={t(map ? 'running.closeMap' : 'running.openMap')}
            onClick={() => setMap(!map)}
          />
        </div>
      ) : null}
      {sentBack ? (
        <p className={css.back}>
          <CornerUpLeft size={14} aria-hidden />
          <span>
            {t('tasks.sentBack', { name: members.find((each) => each.id === sentBack.actor)?.name ?? '' })}
            {sentBack.comment ? <strong>{sentBack.comment}</strong> : null}
          </span>
        </p>
      ) : null}
      <Why waiting={flow?.waiting} dueAt={flow?.due_at} />
    </header>
  )
}
