/** What is asked before an action 办理前的询问: to whom, where to, which one; and a word. */
import { Modal, Segmented, Select } from 'antd'
import type { MentionsRef } from 'antd/es/mentions'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useFieldContext } from '@/fields/context'
import { useT } from '@/i18n/i18n'
import { useIsPhone } from '@/lib/use-is-phone'
import { Person } from '@/ui/avatar'
import { MentionBox } from '@/ui/record/mention-box'
import { type Deed, needsMember, type Position, type Then } from './actions'
import css from './tasks.module.css'
import type { ActingState, TaskOut } from './use-acting'

interface WordProps {
  acting: ActingState
  task: TaskOut
  focus: RefObject<MentionsRef | null>
  /** On the bar, where the primary key is told; while a dialog asks, the bar keeps still. */
  bar?: 'approve' | 'submit' | undefined
  still?: boolean
}

/** The comment; red and named when an action needs one. */
export function Word({ acting, task, focus, bar, still = false }: WordProps) {
  const t = useT()
  const { comment, setComment, naming } = acting
  const lacking = still ? '' : acting.lacking
  const phone = useIsPhone()
  useEffect(() => {
    if (lacking !== '') focus.current?.focus()
  }, [lacking, focus])
  return (
    <div className={css.word}>
      <MentionBox
        focus={focus}
        place={task.card}
        naming={naming}
        value={comment}
        wrong={lacking !== ''}
        upwards={bar !== undefined}
        placeholder={t(phone || !bar ? 'tasks.commentShort' : `tasks.comment_${bar}`)}
        label={t('tasks.commentShort')}
        onChange={setComment}
      />
      {lacking === '' ? null : (
        <span className={css.lacking} role="alert">
          {t('tasks.commentRequired', { deed: t(`tasks.${lacking}`) })}
        </span>
      )}
    </div>
  )
}

interface WhomProps {
  deed: Deed
  task: TaskOut
  value: string
  onChange: (to: string) => void
}

/** A member, a signer, or a node. */
function Whom({ deed, task, value, onChange }: WhomProps) {
  const t = useT()
  const { members, me } = useFieldContext()
  const size = useIsPhone() ? 'large' : 'middle'
  const added = task.added_signers ?? []
  const people =
    deed === 'remove_signer'
      ? members.filter(({ id }) => added.includes(id))
      : members.filter((each) => each.id !== me && each.enabled !== false)
  if (needsMember(deed) || deed === 'remove_signer') {
    return (
      <Select
        autoFocus={size === 'middle'}
        size={size}
        value={value || undefined}
        placeholder={t('tasks.pickMember')}
        aria-label={t('tasks.pickMember')}
        showSearch={{ optionFilterProp: 'name' }}
        options={people.map(({ id, name, title }) => ({
          value: id,
          name,
          label: (
            <span className={css.choice}>
              <Person name={name} seed={id} />
              <span className={css.quiet}>{title}</span>
            </span>
          ),
        }))}
        onChange={onChange}
      />
    )
  }
  if (deed !== 'return') return <p className={css.quiet}>{t(`tasks.sure_${deed}`)}</p>
  return (
    <Select
      size={size}
      value={value || undefined}
      aria-label={t('tasks.returnTo')}
      placeholder={t('tasks.returnTo')}
      options={(task.return_to ?? []).map(({ id, label }) => ({ value: id, label: label || id }))}
      onChange={onChange}
    />
  )
}

interface AskProps {
  deed: Deed
  task: TaskOut
  acting: ActingState
  /** The node's own word for the action. */
  word: string
  onClose: () => void
}

const firstOf = (deed: Deed, task: TaskOut): string => {
  if (deed === 'return') return task.return_to?.[0]?.id ?? ''
  const [only, another] = task.added_signers ?? []
  return deed === 'remove_signer' && another === undefined ? (only ?? '') : ''
}

/** Sent when everything is said. */
export function Ask({ deed, task, acting, word, onClose }: AskProps) {
  const t = useT()
  const [to, setTo] = useState(() => firstOf(deed, task))
  const [position, setPosition] = useState<Position>('before')
  const [then, setThen] = useState<Then>('rerun')
  const focus = useRef<MentionsRef>(null)
  const size = useIsPhone() ? 'large' : 'middle'
  const open = deed === 'end' || deed === 'take_back'
  const chooses = deed === 'return' && task.after_return === 'choose'
  const send = async () => {
    const said = { to, ...(deed === 'add_signer' ? { position } : {}), ...(chooses ? { then } : {}) }
    if (await acting.act(deed, said)) onClose()
  }
  return (
    <Modal
      open
      centered
      width={440}
      title={t(`tasks.ask_${deed}`)}
      okText={word}
      cancelText={t('ui.cancel')}
      okButtonProps={{ size, disabled: to === '' && !open, loading: acting.busy === deed, danger: deed === 'end' }}
      cancelButtonProps={{ size }}
      onOk={send}
      onCancel={onClose}
    >
      <div className={css.ask}>
        <Whom {...{ deed, task }} value={to} onChange={setTo} />
        {deed === 'add_signer' ? (
          <Segmented
            block
            size={size}
            value={position}
            options={(['before', 'beside', 'after'] as const).map((each) => ({
              value: each,
              label: t(`tasks.${each}`),
            }))}
            onChange={(next) => setPosition(next as Position)}
          />
        ) : null}
        {chooses ? (
          <Segmented
            block
            size={size}
            value={then}
            aria-label={t('tasks.afterReturn')}
            options={(['rerun', 'straight'] as const).map((each) => ({ value: each, label: t(`tasks.then_${each}`) }))}
            onChange={(next) => setThen(next as Then)}
          />
        ) : null}
        {deed === 'take_back' ? null : <Word acting={acting} task={task} focus={focus} />}
      </div>
    </Modal>
  )
}
