/** The bar at the foot of a task 办理栏: a word, and the ways on. */
import { Button, Dropdown, Input, Modal, Segmented, Select } from 'antd'
import type { TextAreaRef } from 'antd/es/input/TextArea'
import { Check, CornerUpLeft, Ellipsis, Forward, type LucideIcon, MessageSquare, Send, UserPlus, X } from 'lucide-react'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useFieldContext } from '@/fields/context'
import { useT } from '@/i18n/i18n'
import { useIsPhone } from '@/lib/use-is-phone'
import { useShortcuts } from '@/lib/use-shortcut'
import { Person } from '@/ui/avatar'
import { barOf, type Deed, needsMember } from './actions'
import css from './tasks.module.css'
import type { ActingState, TaskOut } from './use-acting'

const ICONS: Partial<Record<Deed, LucideIcon>> = {
  approve: Check,
  submit: Send,
  reject: X,
  return: CornerUpLeft,
  transfer: Forward,
  delegate: Forward,
  add_signer: UserPlus,
  comment: MessageSquare,
}

/** An element, so that menus and buttons may give it their own class. */
function iconOf(deed: Deed) {
  const Drawn = ICONS[deed]
  return Drawn ? <Drawn size={16} aria-hidden /> : null
}

interface WordProps {
  acting: ActingState
  focus: RefObject<TextAreaRef | null>
  /** On the bar, where the primary key is told; while a dialog asks, the bar keeps still. */
  bar?: 'approve' | 'submit' | undefined
  still?: boolean
}

/** The comment; red and named when an action needs one. */
function Word({ acting, focus, bar, still = false }: WordProps) {
  const t = useT()
  const { comment, setComment } = acting
  const lacking = still ? '' : acting.lacking
  const phone = useIsPhone()
  useEffect(() => {
    if (lacking !== '') focus.current?.focus()
  }, [lacking, focus])
  return (
    <div className={css.word}>
      <Input.TextArea
        ref={focus}
        value={comment}
        maxLength={5000}
        status={lacking === '' ? undefined : 'error'}
        autoSize={{ minRows: 1, maxRows: 5 }}
        placeholder={t(phone || !bar ? 'tasks.commentShort' : `tasks.comment_${bar}`)}
        aria-label={t('tasks.commentShort')}
        aria-invalid={lacking !== ''}
        onChange={(event) => setComment(event.target.value)}
      />
      {lacking === '' ? null : (
        <span className={css.lacking} role="alert">
          {t('tasks.commentRequired', { deed: t(`tasks.${lacking}`) })}
        </span>
      )}
    </div>
  )
}

interface AskProps {
  deed: Deed
  task: TaskOut
  acting: ActingState
  onClose: () => void
}

/** Where to, or to whom; and a word. */
function Ask({ deed, task, acting, onClose }: AskProps) {
  const t = useT()
  const { members, me } = useFieldContext()
  const targets = task.return_to ?? []
  const [to, setTo] = useState(needsMember(deed) ? '' : (targets[0]?.id ?? ''))
  const [position, setPosition] = useState<'before' | 'after' | 'beside'>('before')
  const focus = useRef<TextAreaRef>(null)
  const size = useIsPhone() ? 'large' : 'middle'
  const others = members.filter((each) => each.id !== me && each.enabled !== false)
  const send = async () => {
    if (await acting.act(deed, to, deed === 'add_signer' ? position : '')) onClose()
  }
  return (
    <Modal
      open
      centered
      width={440}
      title={t(`tasks.ask_${deed}`)}
      okText={t(`tasks.${deed}`)}
      cancelText={t('ui.cancel')}
      okButtonProps={{ size, disabled: to === '', loading: acting.busy === deed }}
      cancelButtonProps={{ size }}
      onOk={send}
      onCancel={onClose}
    >
      <div className={css.ask}>
        {needsMember(deed) ? (
          <Select
            autoFocus={size === 'middle'}
            size={size}
            value={to || undefined}
            placeholder={t('tasks.pickMember')}
            aria-label={t('tasks.pickMember')}
            showSearch={{ optionFilterProp: 'name' }}
            options={others.map(({ id, name, title }) => ({
              value: id,
              name,
              label: (
                <span className={css.choice}>
                  <Person name={name} seed={id} />
                  <span className={css.quiet}>{title}</span>
                </span>
              ),
            }))}
            onChange={setTo}
          />
        ) : (
          <Select
            size={size}
            value={to || undefined}
            aria-label={t('tasks.returnTo')}
            placeholder={t('tasks.returnTo')}
            options={targets.map(({ id, label }) => ({ value: id, label: label || id }))}
            onChange={setTo}
          />
        )}
        {deed === 'add_signer' ? (
          <Segmented
            block
            size={size}
            value={position}
            options={(['before', 'beside', 'after'] as const).map((each) => ({
              value: each,
              label: t(`tasks.${each}`),
            }))}
            onChange={(next) => setPosition(next as typeof position)}
          />
        ) : null}
        <Word acting={acting} focus={focus} />
      </div>
    </Modal>
  )
}

interface BarProps {
  task: TaskOut
  acting: ActingState
  onOpenRecord: () => void
}

/** Fixed at the foot; Ctrl+Enter is the first button. */
export function ActionBar({ task, acting, onOpenRecord }: BarProps) {
  const t = useT()
  const phone = useIsPhone()
  const [asking, setAsking] = useState<Deed | ''>('')
  const focus = useRef<TextAreaRef>(null)
  const { primary, plain, more } = barOf(task.actions)
  const size = phone ? 'large' : 'middle'
  useShortcuts({ 'mod+enter': () => primary && void acting.act(primary) }, primary !== undefined && asking === '')
  const close = () => {
    setAsking('')
    acting.forgive()
  }
  const begin = (deed: Deed) => {
    if (deed === 'return' || needsMember(deed)) setAsking(deed)
    else void acting.act(deed)
  }
  const remark = () => {
    if (acting.comment.trim() === '') focus.current?.focus()
    else void acting.act('comment')
  }
  const items = [
    ...more.map((deed) => ({
      key: deed,
      icon: iconOf(deed),
      label: t(`tasks.${deed}`),
      onClick: () => begin(deed),
    })),
    { key: 'comment', icon: iconOf('comment'), label: t('tasks.onlyComment'), onClick: remark },
    { key: 'record', icon: <Forward size={16} aria-hidden />, label: t('tasks.openRecord'), onClick: onOpenRecord },
  ]
  return (
    <section className={css.bar} aria-label={t('tasks.actions')}>
      <Word bar={primary as 'approve' | 'submit' | undefined} still={asking !== ''} acting={acting} focus={focus} />
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
            {t(`tasks.${deed}`)}
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
            onClick={() => begin(primary)}
          >
            {t(`tasks.${primary}`)}
          </Button>
        ) : null}
      </div>
      {asking === '' ? null : <Ask deed={asking} task={task} acting={acting} onClose={close} />}
    </section>
  )
}
