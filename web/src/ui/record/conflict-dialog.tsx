/** Two people changed the same field 编辑冲突: both values side by side, one is chosen for each field. */
import { Modal } from 'antd'
import { useState } from 'react'
import { ApiProblem } from '@/api/problem'
import { useFieldContext } from '@/fields/context'
import type { Json, Values } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { formatAgo } from '@/lib/format'
import { FieldValue } from './field-value'
import css from './record.module.css'
import { type FormShape, fieldsOf } from './shape'

export interface Conflict {
  field: string
  before: Json
  theirs: Json
  yours: Json
  by?: string
  at?: string
}

/** The conflicts in a refusal; none when it is another one. */
export function conflictsIn(error: unknown): Conflict[] {
  if (!(error instanceof ApiProblem) || error.code !== 'edit_conflict') return []
  const { conflicts } = error.extra as { conflicts?: Conflict[] }
  return Array.isArray(conflicts) ? conflicts : []
}

/** What to send after choosing: theirs is left alone, mine is said against what is there now. */
export function settled(edit: { values: Values; before: Values }, conflicts: Conflict[], mine: ReadonlySet<string>) {
  const values = { ...edit.values }
  const before = { ...edit.before }
  for (const { field, theirs } of conflicts) {
    if (mine.has(field)) before[field] = theirs
    else {
      delete values[field]
      delete before[field]
    }
  }
  return { values, before }
}

interface DialogProps {
  shape: FormShape
  conflicts: Conflict[]
  titles: Record<string, string>
  onSettle: (mine: ReadonlySet<string>) => void
  onCancel: () => void
}

/** Nothing is sent until somebody has chosen. */
export function ConflictDialog({ shape, conflicts, titles, onSettle, onCancel }: DialogProps) {
  const t = useT()
  const { members } = useFieldContext()
  const [mine, setMine] = useState<ReadonlySet<string>>(new Set(conflicts.map(({ field }) => field)))
  const choose = (field: string, own: boolean) => {
    const next = new Set(mine)
    if (own) next.add(field)
    else next.delete(field)
    setMine(next)
  }
  return (
    <Modal
      open
      width={640}
      title={t('record.conflictTitle')}
      okText={t('record.conflictSave')}
      cancelText={t('record.conflictBack')}
      onOk={() => onSettle(mine)}
      onCancel={onCancel}
    >
      <p className={css.quiet}>{t('record.conflictHint')}</p>
      {conflicts.map(({ field: id, theirs, yours, by, at }) => {
        const field = fieldsOf(shape).find((each) => each.id === id)
        const who = members.find((each) => each.id === by)?.name ?? t('record.somebody')
        const side = (own: boolean, value: Json, words: string) => (
          // biome-ignore lint/a11y/useSemanticElements: the sides hold drawn values, which an input cannot
          <button
            type="button"
            role="radio"
            className={css.side}
            aria-checked={mine.has(id) === own}
            onClick={() => choose(id, own)}
          >
            <div className={css.sideWho}>{words}</div>
            {field ? (
              <FieldValue field={field} value={value} record={{ id: '', values: {}, titles }} mode="display" />
            ) : (
              String(value ?? '—')
            )}
          </button>
        )
        return (
          <div key={id}>
            <strong>{field?.label ?? id}</strong>
            <div className={css.conflict} role="radiogroup" aria-label={field?.label ?? id}>
              {side(false, theirs, t('record.conflictTheirs', { name: who, time: at ? formatAgo(at) : '' }))}
              {side(true, yours, t('record.conflictYours'))}
            </div>
          </div>
        )
      })}
    </Modal>
  )
}
