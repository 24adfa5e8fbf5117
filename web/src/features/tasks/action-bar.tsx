/** The bar at the foot of a task 办理栏: a word, and the ways on. */
import { Button, Dropdown } from 'antd'
import type { MentionsRef } from 'antd/es/mentions'
import {
  Check,
  CircleStop,
  CornerUpLeft,
  Ellipsis,
  Forward,
  Hand,
  type LucideIcon,
  MessageSquare,
  Printer,
  Save,
  Send,
  Undo2,
  UserMinus,
  UserPlus,
  X,
} from 'lucide-react'
import { useRef, useState } from 'react'
import { useT } from '@/i18n/i18n'
import { useIsPhone } from '@/lib/use-is-phone'
import { useShortcuts } from '@/lib/use-shortcut'
import { barOf, type Deed, needsAsking } from './actions'
import { Ask, Word } from './ask'
import { Sign } from './sign'
import css from './tasks.module.css'
import type { ActingState, TaskOut } from './use-acting'

const ICONS: Partial<Record<Deed, LucideIcon>> = {
  approve: Check,
  submit: Send,
  claim: Hand,
  reject: X,
  return: CornerUpLeft,
  transfer: Forward,
  delegate: Forward,
  add_signer: UserPlus,
  remove_signer: UserMinus,
  stash: Save,
  unclaim: Undo2,
  take_back: Undo2,
  end: CircleStop,
  comment: MessageSquare,
}

/** An element, so that menus and buttons may give it their own class. */
function iconOf(deed: Deed) {
  const Drawn = ICONS[deed]
  return Drawn ? <Drawn size={16} aria-hidden /> : null
}

interface BarProps {
  task: TaskOut
  acting: ActingState
  onOpenRecord: () => void
}

/** Fixed at the foot; Ctrl+Enter and A are the first button, R returns. */
export function ActionBar({ task, acting, onOpenRecord }: BarProps) {
  const t = useT()
  const phone = useIsPhone()
  const [asking, setAsking] = useState<Deed | ''>('')
  const focus = useRef<MentionsRef>(null)
  const { primary, plain, more } = barOf(task.actions)
  const size = phone ? 'large' : 'middle'
  const wordOf = (deed: Deed) => task.buttons?.[deed] || t(`tasks.${deed}`)
  const close = () => {
    setAsking('')
    acting.forgive()
  }
  const begin = (deed: Deed) => {
    if (needsAsking(deed)) setAsking(deed)
    else void acting.act(deed)
  }
  const first = () => primary && begin(primary)
  const listens = asking === '' && acting.unsigned === null
  useShortcuts({ 'mod+enter': first }, primary !== undefined && listens)
  useShortcuts({ a: first, r: () => plain.includes('return') && begin('return') }, listens)
  const remark = () => {
    if (acting.comment.trim() === '') focus.current?.focus()
    else void acting.act('comment')
  }
  const prints = primary === 'approve' || primary === 'submit'
  const items = [
    ...more.map((deed) => ({
      key: deed,
      icon: iconOf(deed),
      label: wordOf(deed),
      danger: deed === 'end',
      onClick: () => begin(deed),
    })),
    ...(prints
      ? [
          {
            key: 'print',
            icon: <Printer size={16} aria-hidden />,
            label: t('tasks.andPrint', { deed: wordOf(primary) }),
            onClick: () => void acting.act(primary, { print: true }),
          },
        ]
      : []),
    { key: 'comment', icon: iconOf('comment'), label: t('tasks.onlyComment'), onClick: remark },
    { key: 'record', icon: <Forward size={16} aria-hidden />, label: t('tasks.openRecord'), onClick: onOpenRecord },
  ]
  return (
    <section className={css.bar} aria-label={t('tasks.actions')}>
      <Word
        bar={primary as 'approve' | 'submit' | undefined}
        still={asking !== ''}
        acting={acting}
        task={task}
        focus={focus}
      />
      <div className={css.buttons}>
        <Dropdown menu={{ items }} trigger={['click']} placement="topRight">
          <Button size={size} icon={<Ellipsis size={16} aria-hidden />} aria-label={t('ui.more')} />
        </Dropdown>
        {plain.map((deed) => (
          <Button
            key={deed}
            size={size}
            danger={deed === 'reject'}
            icon={phone ? undefined : iconOf(deed)}
            loading={acting.busy === deed}
            onClick={() => begin(deed)}
          >
            {wordOf(deed)}
          </Button>
        ))}
        {primary ? (
          <Button
            type="primary"
            size={size}
            className={css.primary}
            icon={iconOf(primary)}
            loading={acting.busy === primary}
            title={t('tasks.primaryKey')}
            data-testid="act-primary"
            onClick={first}
          >
            {wordOf(primary)}
          </Button>
        ) : null}
      </div>
      {asking === '' ? null : <Ask deed={asking} word={wordOf(asking)} task={task} acting={acting} onClose={close} />}
      <Sign acting={acting} word={acting.unsigned ? wordOf(acting.unsigned.deed) : ''} />
    </section>
  )
}
