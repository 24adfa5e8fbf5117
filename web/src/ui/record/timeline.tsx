/** The story of a running workflow 流程动态: who did what when, who is awaited, what is to come. */
import {
  BellRing,
  Check,
  CircleDashed,
  CirclePause,
  CircleStop,
  Clock,
  CornerDownRight,
  CornerUpLeft,
  type LucideIcon,
  MessageSquare,
  RotateCcw,
  Send,
  TriangleAlert,
  Undo2,
  UserRoundCog,
  X,
} from 'lucide-react'
import { useFieldContext } from '@/fields/context'
import { type T, useT } from '@/i18n/i18n'
import { formatTime } from '@/lib/format'
import type { Hue } from '@/theme/tokens'
import { Person } from '../avatar'
import { EmptyState } from '../empty-state'
import css from './record.module.css'

export interface TimelineEntry {
  state: string
  node: string
  label: string
  actor?: string
  on_behalf_of?: string
  action?: string
  comment?: string
  at?: string | null
  seconds?: number | null
  people?: string[]
  /** The stored picture with which it was signed. */
  signature?: string
  /** Taken back by a later return. */
  void?: boolean
}

/** Who acts when the machine does. */
const ROBOT = 'system'

/** Who submitted by a public link. */
const OUTSIDER = 'public'

const MARKS: Record<string, { icon: LucideIcon; hue: Hue }> = {
  open: { icon: Clock, hue: 'blue' },
  expected: { icon: CircleDashed, hue: 'grey' },
  approve: { icon: Check, hue: 'green' },
  reject: { icon: X, hue: 'red' },
  return: { icon: CornerUpLeft, hue: 'orange' },
  withdraw: { icon: CornerUpLeft, hue: 'grey' },
  comment: { icon: MessageSquare, hue: 'grey' },
  copied: { icon: Send, hue: 'teal' },
  auto_agreed: { icon: Check, hue: 'green' },
  skipped: { icon: CircleDashed, hue: 'grey' },
  terminate: { icon: CircleStop, hue: 'red' },
  end: { icon: CircleStop, hue: 'red' },
  take_back: { icon: Undo2, hue: 'orange' },
  urge: { icon: BellRing, hue: 'orange' },
  reminded: { icon: BellRing, hue: 'orange' },
  jump: { icon: CornerDownRight, hue: 'purple' },
  reassign: { icon: UserRoundCog, hue: 'purple' },
  reactivate: { icon: RotateCcw, hue: 'purple' },
  failed: { icon: TriangleAlert, hue: 'red' },
  auto_failed: { icon: TriangleAlert, hue: 'red' },
  auto_rejected: { icon: X, hue: 'red' },
  auto_returned: { icon: CornerUpLeft, hue: 'orange' },
  suspend: { icon: CirclePause, hue: 'grey' },
}

/** A stretch of time in its largest unit. */
export function spanWords(seconds: number, t: T): string {
  if (seconds < 60) return t('record.seconds', { count: Math.max(0, Math.round(seconds)) })
  if (seconds < 3_600) return t('record.minutes', { count: Math.round(seconds / 60) })
  if (seconds < 86_400) return t('record.hours', { count: Math.round(seconds / 360) / 10 })
  return t('record.days', { count: Math.round(seconds / 8_640) / 10 })
}

/** The word of an action; one that is not known is shown as it is. */
function actionWord(action: string, t: T): string {
  const key = `record.action_${action}`
  const word = t(key)
  return word === key ? action : word
}

function useNames() {
  const t = useT()
  const { members } = useFieldContext()
  return (id: string) => {
    if (id === ROBOT) return t('record.robot')
    return id === OUTSIDER ? t('record.outsider') : (members.find((each) => each.id === id)?.name ?? id)
  }
}

function Note({ entry }: { entry: TimelineEntry }) {
  const t = useT()
  const nameOf = useNames()
  const names = (entry.people ?? []).map(nameOf).join(', ')
  const time = entry.seconds ? spanWords(entry.seconds, t) : ''
  if (entry.state === 'open')
    return (
      <span className={css.quiet}>
        {names || !entry.action ? t('record.waitingFor', { names }) : actionWord(entry.action, t)}
        {time ? ` · ${t('record.waitingSince', { time })}` : ''}
      </span>
    )
  if (entry.state === 'expected')
    return <span className={css.quiet}>{names ? t('record.expected', { names }) : t('record.expectedNobody')}</span>
  return (
    <>
      {names ? <span className={css.quiet}>→ {names}</span> : null}
      {time ? <span className={css.quiet}>{t('record.took', { time })}</span> : null}
    </>
  )
}

function Entry({ entry }: { entry: TimelineEntry }) {
  const t = useT()
  const nameOf = useNames()
  const { fileAddress } = useFieldContext()
  const { icon: Icon, hue } = MARKS[entry.state === 'done' ? (entry.action ?? '') : entry.state] ?? {
    icon: Check,
    hue: 'teal',
  }
  return (
    <li
      className={`${css.entry} ${entry.state === 'expected' ? css.expected : ''}`}
      data-void={entry.void === true}
      title={entry.void ? t('record.isVoid') : undefined}
    >
      <span className={css.entryMark} style={{ background: `var(--hue-${hue}-tint)`, color: `var(--hue-${hue}-ink)` }}>
        <Icon size={15} aria-hidden />
      </span>
      <div style={{ minWidth: 0 }}>
        <div className={css.entryHead}>
          {entry.label ? <strong>{entry.label}</strong> : null}
          {entry.actor ? <Person name={nameOf(entry.actor)} seed={entry.actor} /> : null}
          {entry.on_behalf_of ? (
            <span className={css.quiet}>{t('record.onBehalfOf', { name: nameOf(entry.on_behalf_of) })}</span>
          ) : null}
          {entry.action && entry.state === 'done' ? (
            <span style={{ color: `var(--hue-${hue}-ink)` }}>{actionWord(entry.action, t)}</span>
          ) : null}
          <Note entry={entry} />
          {entry.at ? <time className={css.entryTime}>{formatTime(entry.at)}</time> : null}
        </div>
        {entry.comment ? <div className={css.comment}>{entry.comment}</div> : null}
        {entry.signature ? (
          <img
            className={css.signature}
            src={fileAddress(entry.signature)}
            alt={t('record.signedBy', { name: nameOf(entry.actor ?? '') })}
            loading="lazy"
          />
        ) : null}
      </div>
    </li>
  )
}

/** Done at the top, awaited next, expected in grey. */
export function Timeline({ entries }: { entries: TimelineEntry[] }) {
  const t = useT()
  if (entries.length === 0) return <EmptyState small title={t('record.noTimeline')} />
  return (
    <ol className={css.timeline}>
      {entries.map((entry, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a story are told in order and never move
        <Entry key={at} entry={entry} />
      ))}
    </ol>
  )
}
