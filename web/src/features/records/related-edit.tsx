/** A record of a related list, typed where it stands 就地编辑: its rules, rights and conflicts are those of its own form. */
import { Button } from 'antd'
import { Check, X } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import type { Field, Json, Values } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import { useT } from '@/i18n/i18n'
import { useIsPhone } from '@/lib/use-is-phone'
import { IconButton } from '@/ui/icon-button'
import { ConflictDialog } from '@/ui/record/conflict-dialog'
import { FieldValue } from '@/ui/record/field-value'
import { Fingers } from '@/ui/record/record-form'
import { type FormShape, fieldsOf, isBlank, nestedOf } from '@/ui/record/shape'
import { type RecordFormState, useRecordForm } from '@/ui/record/use-record-form'
import css from './related.module.css'
import type { RecordOut } from './use-records'
import { useSave } from './use-save'

interface CellProps {
  state: RecordFormState
  field: Field
  id: string
  /** Its label is seen, and not only heard. */
  labelled?: boolean
}

function Cell({ state, field, id, labelled = false }: CellProps) {
  const Input = typeNamed(field.type)?.Input
  const value = state.values[field.id] ?? null
  const wrong = state.problems.find(({ path }) => path[0] === field.id)
  if (state.shown.hidden.has(field.id)) return null
  if (!Input || !state.writable(field)) {
    return <FieldValue field={field} value={value} record={{ id: '', values: state.values, titles: state.titles }} />
  }
  return (
    <div className={labelled ? css.slot : undefined} data-field={field.id}>
      <label htmlFor={id} className={labelled ? css.label : css.unseen}>
        {field.label}
      </label>
      <Input
        id={id}
        field={{ ...field, placeholder: field.placeholder ?? '' }}
        value={value}
        values={state.values}
        status={wrong ? 'error' : undefined}
        describedBy={wrong ? `${id}-problem` : undefined}
        onChange={(next: Json) => state.set({ [field.id]: next })}
        onFill={state.set}
        onPick={state.learn}
      />
      {wrong ? (
        <div className={css.problem} id={`${id}-problem`} role="alert">
          {wrong.detail}
        </div>
      ) : null}
    </div>
  )
}

/** What must be filled in, or is wrong, and has no column of its own. */
function beside(state: RecordFormState, columns: Field[], fixed: string): Field[] {
  const there = new Set([...columns.map(({ id }) => id), fixed])
  const wrong = new Set(state.problems.map(({ path }) => path[0]))
  return fieldsOf(state.shape).filter((field) => {
    if (there.has(field.id) || nestedOf(field).length > 0 || !state.writable(field)) return false
    return wrong.has(field.id) || (state.shown.required.has(field.id) && isBlank(state.values[field.id]))
  })
}

/** A problem of the whole record, or of something that cannot be typed here. */
function Elsewhere({ state, typed }: { state: RecordFormState; typed: Field[] }) {
  const here = new Set(typed.map(({ id }) => id))
  const others = state.problems.filter(({ path }) => !here.has(String(path[0])))
  return others.map(({ path, detail }) => (
    <div key={`${path.join('.')} ${detail}`} className={css.problem} role="alert">
      {detail}
    </div>
  ))
}

export interface EditProps {
  shape: FormShape
  columns: Field[]
  /** The field that leads to the record around; it is not asked for. */
  by: string
  /** As it is now; none for a new one. */
  record?: RecordOut
  start: Values
  titles: Record<string, string>
  onSaved: (record: RecordOut) => void
  onCancel: () => void
}

/** Enter keeps it, Escape does not; cells on a desk, a card on a phone. */
export function RelatedEdit({ shape, columns, by, record, start, titles, onSaved, onCancel }: EditProps) {
  const t = useT()
  const phone = useIsPhone()
  const [opened] = useState(record)
  const [first] = useState(start)
  const state = useRecordForm({ shape, start: first, fresh: !opened, writable: opened?.writable, titles })
  const { busy, save, conflicts, settle, unsettle } = useSave({ shape, opened, latest: record, state })
  const [more, setMore] = useState<Field[]>(() => beside(state, columns, by))
  const name = opened?.id ?? 'new'
  const extra = [...more, ...beside(state, columns, by).filter((field) => !more.some(({ id }) => id === field.id))]
  const done = (saved: RecordOut | undefined) => {
    if (saved) onSaved(saved)
    else setMore(extra)
  }
  const keep = async () => done(await save(true))
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const target = event.target as HTMLElement
    const picking = target.closest('.ant-select-open, .ant-picker-focused, textarea') !== null
    if (event.key === 'Enter' && target.tagName === 'INPUT' && !picking) {
      event.preventDefault()
      void keep()
    }
    if (event.key === 'Escape' && !picking) {
      event.stopPropagation()
      onCancel()
    }
  }
  const id = (field: Field) => `related-${name}-${field.id}`
  const dialog =
    conflicts.length > 0 ? (
      <ConflictDialog
        {...{ shape, conflicts, titles }}
        onSettle={async (mine) => done(await settle(mine))}
        onCancel={unsettle}
      />
    ) : null
  const below = (
    <>
      {extra.map((field) => (
        <Cell key={field.id} state={state} field={field} id={id(field)} labelled />
      ))}
      <Elsewhere state={state} typed={[...columns, ...extra]} />
    </>
  )
  if (phone) {
    return (
      <Fingers>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: keys that its inputs do not take */}
        <div className={css.card} data-editing onKeyDown={onKeyDown}>
          {columns.map((field) => (
            <Cell key={field.id} state={state} field={field} id={id(field)} labelled />
          ))}
          {below}
          <div className={css.cardFoot}>
            <Button type="primary" loading={busy} onClick={() => void keep()}>
              {t('ui.save')}
            </Button>
            <Button onClick={onCancel}>{t('ui.cancel')}</Button>
          </div>
          {dialog}
        </div>
      </Fingers>
    )
  }
  const spread = extra.length > 0 || state.problems.some(({ path }) => !columns.some(({ id: own }) => own === path[0]))
  return (
    <>
      <tr data-editing onKeyDown={onKeyDown}>
        {columns.map((field) => (
          <td key={field.id}>
            <Cell state={state} field={field} id={id(field)} />
          </td>
        ))}
        <td className={css.tools}>
          <IconButton size="small" icon={Check} label={t('ui.save')} disabled={busy} onClick={() => void keep()} />
          <IconButton size="small" icon={X} label={t('ui.cancel')} onClick={onCancel} />
          {dialog}
        </td>
      </tr>
      {spread ? (
        <tr data-editing onKeyDown={onKeyDown}>
          <td colSpan={columns.length + 1}>
            <div className={css.below}>{below}</div>
          </td>
        </tr>
      ) : null}
    </>
  )
}
