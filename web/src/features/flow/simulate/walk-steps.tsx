/** What has happened so far in a simulation 模拟的经过: every step with all that it caused. */
import { Button } from 'antd'
import {
  Bell,
  CircleAlert,
  ClipboardCheck,
  ClipboardList,
  ClipboardX,
  Clock,
  FilePlus,
  type LucideIcon,
  PencilLine,
  Send,
  Webhook,
} from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useT } from '@/i18n/i18n'
import { formatTime } from '@/lib/format'
import { Avatar } from '@/ui/avatar'
import { Tag } from '@/ui/tag'
import { useNames } from '../proofs/names'
import css from '../proofs/proofs.module.css'
import { useFlow } from '../use-flow'
import { valueWords } from './field-input'
import type { Frame } from './use-walk'

const STATUS = { running: 'blue', approved: 'green', rejected: 'red', withdrawn: 'grey', ended: 'grey' } as const

/** The coarse word as a tag. */
export function StatusTag({ status }: { status: string }) {
  const names = useNames()
  return <Tag hue={STATUS[status as keyof typeof STATUS] ?? 'grey'}>{names.status(status)}</Tag>
}

interface Line {
  icon: LucideIcon
  text: string
}

function useLines(frame: Frame): Line[] {
  const t = useT()
  const names = useNames()
  const { form } = useFlow()
  const blank = t('proofs.blank')
  const place = (node: string) => (node === '' ? '' : ` ${t('proofs.at', { node: names.node(node) })}`)
  const tasks = frame.tasks.map(({ node: id, person, state, purpose, where }): Line => {
    const who = names.person(person)
    const node = where || id
    if (purpose === 'copy') return { icon: Send, text: t('proofs.copied', { who }) + place(node) }
    if (state === 'open') return { icon: ClipboardList, text: t('proofs.opened', { who }) + place(node) }
    if (state === 'done') return { icon: ClipboardCheck, text: t('proofs.doneBy', { who }) + place(node) }
    return { icon: ClipboardX, text: t('proofs.closed', { who }) + place(node) }
  })
  const changes = frame.changes.map(({ field, label, before, after, form_name, count = 1 }): Line => {
    const known = form_name ? undefined : form.fields?.find(({ id }) => id === field)
    const times = count > 1 ? ` × ${count}` : ''
    if (field === '') return { icon: FilePlus, text: t('proofs.added', { form: label, title: after || blank }) + times }
    const words = (value: unknown) => valueWords(known, value as never, blank, names.person)
    return {
      icon: PencilLine,
      text:
        t('proofs.changed', { field: label, before: words(before), after: words(after) }) +
        (form_name ? ` ${t('proofs.inForm', { form: form_name })}` : '') +
        times,
    }
  })
  const messages = frame.messages.map(
    ({ about, people }): Line => ({
      icon: Bell,
      text: t('proofs.message', { who: names.people(people), about: names.about(about) }),
    }),
  )
  const jobs = frame.jobs.map(
    ({ topic, address, node }): Line => ({
      icon: Webhook,
      text: `${t('proofs.outside', { topic: names.topic(String(topic)) })}${place(String(node ?? ''))} ${address ?? ''}`.trim(),
    }),
  )
  const auto = frame.log
    .filter((line) => line.auto && line.action !== 'copied')
    .map((line): Line => {
      const who = names.person(String(line.by ?? ''))
      return { icon: Clock, text: `${who} ${names.action(String(line.action))}${place(String(line.node ?? ''))}` }
    })
  return [...auto, ...tasks, ...changes, ...once(messages), ...once(jobs)]
}

/** The same sentence is said once, with how often it holds. */
function once(lines: Line[]): Line[] {
  const counts = new Map<string, number>()
  for (const { text } of lines) counts.set(text, (counts.get(text) ?? 0) + 1)
  return [...counts].map(([text, count]) => ({
    icon: lines.find((line) => line.text === text)?.icon ?? Bell,
    text: count > 1 ? `${text} × ${count}` : text,
  }))
}

interface StepProps {
  frame: Frame
  number: number
  chosen: boolean
  onChoose: () => void
  onDrop: () => void
}

function Step({ frame, number, chosen, onChoose, onDrop }: StepProps) {
  const t = useT()
  const names = useNames()
  const lines = useLines(frame)
  const card = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (chosen) card.current?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  const who = frame.by === '' ? t('proofs.waited') : names.person(frame.by)
  return (
    <li ref={card} className={css.step} data-chosen={chosen} data-refused={frame.problem != null}>
      <button type="button" onClick={onChoose} aria-current={chosen ? 'step' : undefined}>
        <span className={css.stepNumber}>{number}</span>
        {frame.by === '' ? <Clock size={16} aria-hidden /> : <Avatar name={who} seed={frame.by} size={22} />}
        <span className={css.stepWho}>
          <b>{who}</b> {frame.by === '' ? '' : names.action(frame.act)}
          <small>{[names.node(frame.node), formatTime(frame.at)].filter((each) => each !== '').join(' · ')}</small>
        </span>
        {frame.status === 'running' ? null : <StatusTag status={frame.status} />}
      </button>
      {frame.problem == null ? null : (
        <p className={css.wrong} role="alert">
          <CircleAlert size={15} aria-hidden />
          <span>{frame.problem.detail}</span>
          <Button size="small" type="link" onClick={onDrop}>
            {t('proofs.dropStep')}
          </Button>
        </p>
      )}
      {lines.length > 0 ? (
        <ul className={css.lines}>
          {lines.map(({ icon: Icon, text }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of one step never move
            <li key={at}>
              <Icon size={14} aria-hidden />
              {text}
            </li>
          ))}
        </ul>
      ) : null}
    </li>
  )
}

interface StepsProps {
  frames: Frame[]
  at: number
  look: (at: number) => void
  drop: () => void
}

/** One card a step; a click looks at it. */
export function WalkSteps({ frames, at, look, drop }: StepsProps) {
  return (
    <ol className={css.steps}>
      {frames.map((frame, index) => (
        <Step
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in the walk
          key={index}
          frame={frame}
          number={index + 1}
          chosen={index === at}
          onChoose={() => look(index)}
          onDrop={drop}
        />
      ))}
    </ol>
  )
}
