/** Acting on a task 办理: everything that can come back, and what is shown for it. */
import { useState } from 'react'
import { api } from '@/api/client'
import { ApiProblem } from '@/api/problem'
import { renew } from '@/api/query'
import type { components } from '@/api/schema'
import type { Values } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { type Conflict, conflictsIn, settled } from '@/ui/record/conflict-dialog'
import type { RecordFormState } from '@/ui/record/use-record-form'
import { toast } from '@/ui/toast'
import { type Deed, leaves, sendsValues, TOO_LATE } from './actions'

export type TaskOut = components['schemas']['TaskOut']
type Position = components['schemas']['ActIn']['position']

interface Edit {
  values: Values
  before: Values
}

interface Asked {
  deed: Deed
  to: string
  position: Position
}

interface Acting {
  task: TaskOut
  state: RecordFormState
  /** The task is done with, by me or by somebody faster; `next` is what the server names. */
  onDone: (next: string) => void
  /** The form has places to fix. */
  onProblems: () => void
}

/** The comment, its troubles, and `act`. */
export function useActing({ task, state, onDone, onProblems }: Acting) {
  const t = useT()
  const [comment, setComment] = useState('')
  const [lacking, setLacking] = useState<Deed | ''>('')
  const [busy, setBusy] = useState<Deed | ''>('')
  const [clash, setClash] = useState<{ asked: Asked; edit: Edit; conflicts: Conflict[] } | null>(null)

  const refused = (error: unknown, asked: Asked, edit: Edit) => {
    const conflicts = conflictsIn(error)
    if (conflicts.length > 0) return setClash({ asked, edit, conflicts })
    if (error instanceof ApiProblem && error.code === 'comment_required') return setLacking(asked.deed)
    if (state.refuse(error)) return onProblems()
    toast.error(error)
    if (error instanceof ApiProblem && TOO_LATE.includes(error.code)) onDone('')
  }

  const send = async (asked: Asked, edit: Edit): Promise<boolean> => {
    const { deed, to, position } = asked
    setBusy(deed)
    try {
      const body = { action: deed, comment: comment.trim(), to, position, ...edit }
      const { next } = await api.post('/api/tasks/{task}/act', { params: { path: { task: task.card.id } }, body })
      setComment('')
      setClash(null)
      const said =
        deed === 'add_signer'
          ? t(`tasks.signer_${position || 'beside'}`)
          : t(`tasks.done_${deed}`, { title: task.card.title })
      toast.done(said)
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

  const act = async (deed: Deed, to = '', position: Position = ''): Promise<boolean> => {
    if (busy !== '') return false
    if ((task.comment_required ?? []).includes(deed) && comment.trim() === '') {
      setLacking(deed)
      return false
    }
    if (sendsValues(deed) && !state.isComplete()) {
      onProblems()
      return false
    }
    const edit = sendsValues(deed) ? state.changes() : { values: {}, before: {} }
    return send({ deed, to, position }, edit)
  }

  return {
    comment,
    setComment: (text: string) => {
      setComment(text)
      if (text.trim() !== '') setLacking('')
    },
    lacking,
    /** The dialog that lacked a comment was closed. */
    forgive: () => setLacking(''),
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
