/** Acting on a task 办理: everything that can come back, and what is shown for it. */
import { useState } from 'react'
import { api } from '@/api/client'
import { ApiProblem } from '@/api/problem'
import { renew } from '@/api/query'
import type { components } from '@/api/schema'
import type { Values } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { type Conflict, conflictsIn, settled } from '@/ui/record/conflict-dialog'
import { useNaming } from '@/ui/record/mention-box'
import type { RecordFormState } from '@/ui/record/use-record-form'
import { toast } from '@/ui/toast'
import { type Deed, leaves, needsWhole, type Position, sendsValues, type Then, TOO_LATE } from './actions'

export type TaskOut = components['schemas']['TaskOut']

interface Edit {
  values: Values
  before: Values
}

/** What is said along with an action. */
export interface Said {
  to?: string
  position?: Position
  then?: Then
  /** The id of a stored picture. */
  signature?: string
  /** Print it when it is done. */
  print?: boolean
}

type Asked = Said & { deed: Deed }

interface Acting {
  task: TaskOut
  state: RecordFormState
  /** The task is done with, by me or by somebody faster; `next` is what the server names. */
  onDone: (next: string) => void
  /** The form has places to fix. */
  onProblems: () => void
}

const bodyOf = (
  { deed, to = '', position = '', then, signature }: Asked,
  comment: string,
  mentions: string[],
  edit: Edit,
) => ({
  action: deed,
  comment: comment.trim(),
  mentions,
  to,
  position,
  ...(then ? { then } : {}),
  ...(signature ? { signature } : {}),
  ...edit,
})

/** The comment, its troubles, and `act`. */
export function useActing({ task, state, onDone, onProblems }: Acting) {
  const t = useT()
  const [comment, setComment] = useState('')
  const naming = useNaming()
  const [lacking, setLacking] = useState<Deed | ''>('')
  const [unsigned, setUnsigned] = useState<Asked | null>(null)
  const [busy, setBusy] = useState<Deed | ''>('')
  const [clash, setClash] = useState<{ asked: Asked; edit: Edit; conflicts: Conflict[] } | null>(null)

  const refused = (error: unknown, asked: Asked, edit: Edit) => {
    const conflicts = conflictsIn(error)
    if (conflicts.length > 0) return setClash({ asked, edit, conflicts })
    if (error instanceof ApiProblem && error.code === 'comment_required') return setLacking(asked.deed)
    if (error instanceof ApiProblem && error.code === 'signature_required') return setUnsigned(asked)
    if (state.refuse(error)) return onProblems()
    toast.error(error)
    if (error instanceof ApiProblem && TOO_LATE.includes(error.code)) onDone('')
  }

  const send = async (asked: Asked, edit: Edit): Promise<boolean> => {
    const { deed, position } = asked
    setBusy(deed)
    try {
      const { next } = await api.post('/api/tasks/{task}/act', {
        params: { path: { task: task.card.id } },
        body: bodyOf(asked, comment, naming.in(comment), edit),
      })
      setComment('')
      setClash(null)
      setUnsigned(null)
      const said =
        deed === 'add_signer'
          ? t(`tasks.signer_${position || 'beside'}`)
          : t(`tasks.done_${deed}`, { title: task.card.title })
      toast.done(said)
      if (asked.print) window.print()
      if (leaves(deed, position)) onDone(next ?? '')
      void renew('/api/tasks', '/api/apps/{app}/forms/{form}/records')
      return true
    } catch (error) {
      refused(error, asked, edit)
      return false
    } finally {
      setBusy('')
    }
  }

  const act = async (deed: Deed, said: Said = {}): Promise<boolean> => {
    if (busy !== '') return false
    const asked = { ...said, deed }
    if ((task.comment_required ?? []).includes(deed) && comment.trim() === '') {
      setLacking(deed)
      return false
    }
    if (needsWhole(deed) && !state.isComplete()) {
      onProblems()
      return false
    }
    if ((task.signature_required ?? []).includes(deed) && !said.signature) {
      setUnsigned(asked)
      return false
    }
    const edit = sendsValues(deed) ? state.changes() : { values: {}, before: {} }
    return send(asked, edit)
  }

  return {
    comment,
    naming,
    setComment: (text: string) => {
      setComment(text)
      if (text.trim() !== '') setLacking('')
    },
    lacking,
    /** The dialog that lacked a comment was closed. */
    forgive: () => setLacking(''),
    /** What waits for a signature. */
    unsigned,
    leaveUnsigned: () => setUnsigned(null),
    sign: (signature: string) => (unsigned ? act(unsigned.deed, { ...unsigned, signature }) : Promise.resolve(false)),
    busy,
    act,
    clash,
    settle: (mine: ReadonlySet<string>) => {
      if (clash) void send(clash.asked, settled(clash.edit, clash.conflicts, mine))
    },
    leaveClash: () => setClash(null),
  }
}

export type ActingState = ReturnType<typeof useActing>
