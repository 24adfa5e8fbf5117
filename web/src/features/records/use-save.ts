/** Saving a record 保存: new or changed, with the answer to every way in which it can be refused. */
import { useState } from 'react'
import { api } from '@/api/client'
import { ApiProblem } from '@/api/problem'
import { useFieldContext } from '@/fields/context'
import { useT } from '@/i18n/i18n'
import { type Conflict, conflictsIn, settled } from '@/ui/record/conflict-dialog'
import { type FormShape, fieldsOf, isSame } from '@/ui/record/shape'
import type { RecordFormState } from '@/ui/record/use-record-form'
import { toast } from '@/ui/toast'
import type { Source } from './carried'
import type { RecordOut } from './use-records'

interface Saving {
  shape: FormShape
  /** The record as it was when the typing began; none for a new one. */
  opened?: RecordOut
  /** The record as it is now, as far as the page has heard. */
  latest?: RecordOut
  state: RecordFormState
  /** What a new record comes from. */
  source?: Source
  /** The draft that a new record was: the server forgets it with the record. */
  box?: string
}

/** Fields that others changed meanwhile, of which we sent nothing. */
function mergedFields(shape: FormShape, was: RecordOut, now: RecordOut, sent: string[]): string[] {
  return fieldsOf(shape)
    .filter(({ id, formula }) => !formula && !sent.includes(id))
    .filter(({ id }) => !isSame(was.values[id] as never, now.values[id] as never))
    .map(({ label }) => label)
}

/** `save(submit)` gives the record, or undefined when it was refused and somebody has been told why. */
export function useSave({ shape, opened, latest, state, source, box }: Saving) {
  const t = useT()
  const { members } = useFieldContext()
  const [busy, setBusy] = useState(false)
  const [conflicts, setConflicts] = useState<Conflict[]>([])
  const path = { app: shape.app, form: shape.form }
  const guarded = async (deed: () => Promise<RecordOut>): Promise<RecordOut | undefined> => {
    setBusy(true)
    try {
      return await deed()
    } catch (error) {
      const found = conflictsIn(error)
      setConflicts(found)
      if (found.length === 0 && !state.refuse(error)) toast.error(error)
      return undefined
    } finally {
      setBusy(false)
    }
  }
  const patch = (was: RecordOut, edit: { values: object; before: object }) =>
    guarded(async () => {
      const params = { path: { ...path, record: was.id } }
      const now = await api.patch('/api/apps/{app}/forms/{form}/records/{record}', { params, body: edit as never })
      const others = mergedFields(shape, was, now, Object.keys(edit.values))
      const by = latest && latest.revision > was.revision ? latest.updated_by : ''
      const name = members.find((each) => each.id === by)?.name ?? t('records.somebody')
      const note = others.length > 0 && now.revision > was.revision + 1
      toast.done(note ? t('records.mergedWith', { name, fields: others.join(', ') }) : t('records.saved'))
      return now
    })
  const create = (submit: boolean) =>
    guarded(async () => {
      const body = { values: state.all(), submit, source, draft: box }
      const made = await api.post('/api/apps/{app}/forms/{form}/records', { params: { path }, body: body as never })
      toast.done(t(submit && shape.definition.workflow ? 'records.submitted' : 'records.added'))
      return made
    })
  const save = async (submit = true): Promise<RecordOut | undefined> => {
    if (submit && !state.isComplete()) return undefined
    if (!opened) return create(submit)
    const edit = state.changes()
    return Object.keys(edit.values).length === 0 ? opened : patch(opened, edit)
  }
  const settle = (mine: ReadonlySet<string>) => {
    const edit = settled(state.changes(), conflicts, mine)
    setConflicts([])
    if (!opened) return Promise.resolve(undefined)
    return Object.keys(edit.values).length === 0 ? Promise.resolve(latest ?? opened) : patch(opened, edit)
  }
  return { busy, save, conflicts, settle, unsettle: () => setConflicts([]) }
}

/** Whether an error says that there is no such record any more. */
export function isGone(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 404
}
