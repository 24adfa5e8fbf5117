/** Buttons on a record that make a record of another form of it 操作: what is carried over, and what is set after. */
import { Button, Input, Select } from 'antd'
import { Plus, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useFieldContext } from '@/fields/context'
import type { Field, Json } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import { useT } from '@/i18n/i18n'
import { IconButton } from '@/ui/icon-button'
import { isComputed } from '@/ui/record/shape'
import { type Action, columnsOf, type Form, patched } from '../definition'
import css from '../designer.module.css'
import { FormulaInput } from '../formula-input'
import { Row } from '../rows'
import { Card } from '../rules-pane'
import { free } from '../slugs'
import { useDesigner } from '../use-designer'

/** Stands for the record that the action made. */
const NEW_RECORD = '@new'

const holds = (field: Field) =>
  typeNamed(field.type)?.valued !== false && !isComputed(field) && columnsOf(field) === undefined

interface PairsProps<V> {
  label: string
  hint: string
  pairs: Record<string, V>
  fields: Field[]
  first: (field: Field) => V
  draw: (field: Field, value: V, set: (value: V) => void) => ReactNode
  onChange: (pairs: Record<string, V> | undefined) => void
}

/** Fields, each with what it gets; a field once. */
function Pairs<V>({ label, hint, pairs, fields, first, draw, onChange }: PairsProps<V>) {
  const t = useT()
  const put = (next: Record<string, V>) => onChange(Object.keys(next).length > 0 ? next : undefined)
  const left = fields.filter(({ id }) => !(id in pairs))
  return (
    <Row label={label} hint={hint}>
      {Object.entries(pairs).map(([id, value]) => {
        const field = fields.find((each) => each.id === id)
        const { [id]: _gone, ...rest } = pairs
        return (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame
          <div key={id} className={css.setPair} role="group" aria-label={field?.label ?? id}>
            <span className={css.setName}>
              {field?.label ?? id}
              <IconButton
                size="small"
                icon={Trash2}
                iconSize={14}
                label={`${t('ui.delete')} ${field?.label ?? id}`}
                onClick={() => put(rest)}
              />
            </span>
            {field ? draw(field, value, (next) => put({ ...pairs, [id]: next })) : <code>{String(value)}</code>}
          </div>
        )
      })}
      {left.length > 0 ? (
        <Select
          value={null}
          placeholder={t('filling.addSet')}
          aria-label={`${t('filling.addSet')}: ${label}`}
          showSearch={{ optionFilterProp: 'label' }}
          options={left.map(({ id, label: name }) => ({ value: id, label: name }))}
          onChange={(id: string | null) => {
            const field = left.find((each) => each.id === id)
            if (field) put({ ...pairs, [field.id]: first(field) })
          }}
        />
      ) : null}
    </Row>
  )
}

/** A plain value in the field's own box, or the record that was made where the field may point to it. */
function SetInput({
  field,
  value,
  target,
  onChange,
}: {
  field: Field
  value: Json
  target: string
  onChange: (value: Json) => void
}) {
  const t = useT()
  const type = typeNamed(field.type)
  if (!type) return null
  const { Input: Box } = type
  if (type.points)
    return (
      <Select
        value={value === NEW_RECORD ? NEW_RECORD : ''}
        aria-label={field.label}
        options={[
          ...(type.points(field).form === target ? [{ value: NEW_RECORD, label: t('filling.theNewRecord') }] : []),
          { value: '', label: t('filling.blank') },
        ]}
        onChange={(next) => onChange(next || null)}
      />
    )
  return <Box field={{ ...field, required: false }} value={value as never} values={{}} onChange={onChange} />
}

function ActionCard({
  action,
  at,
  onChange,
  onRemove,
}: {
  action: Action
  at: number
  onChange: (change: Partial<Action>) => void
  onRemove: () => void
}) {
  const t = useT()
  const { form } = useDesigner()
  const { forms } = useFieldContext()
  const theirs = (forms.find(({ id }) => id === action.target)?.fields ?? []).filter(holds)
  const mine = (form.fields ?? []).filter(holds)
  const settable = mine.filter(
    (field) =>
      !typeNamed(field.type)?.points ||
      typeNamed(field.type)?.points?.(field).form === action.target ||
      field.id in (action.then_set ?? {}),
  )
  return (
    <Card place={`actions.${at}`} onRemove={onRemove}>
      <Row label={t('filling.actionLabel')}>
        <Input value={action.label} maxLength={200} onChange={({ target }) => onChange({ label: target.value })} />
      </Row>
      <Row label={t('filling.actionTarget')}>
        <Select
          value={action.target || undefined}
          status={action.target ? undefined : 'error'}
          aria-label={t('filling.actionTarget')}
          options={forms.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(target) => onChange({ target, fill: undefined, then_set: undefined })}
        />
      </Row>
      <Row label={t('filling.actionWhen')} hint={t('filling.actionWhenHint')}>
        <FormulaInput
          label={t('filling.actionWhen')}
          value={action.when ?? ''}
          condition
          onChange={(when) => onChange({ when: when || undefined })}
        />
      </Row>
      <Pairs<string>
        label={t('filling.actionFill')}
        hint={t('filling.actionFillHint')}
        pairs={action.fill ?? {}}
        fields={theirs}
        first={(field) => (mine.some(({ id }) => id === field.id) ? field.id : '')}
        draw={(field, value, set) => <FormulaInput label={field.label} value={value} onChange={set} />}
        onChange={(fill) => onChange({ fill })}
      />
      <Pairs<Json>
        label={t('filling.thenSet')}
        hint={t('filling.thenSetHint')}
        pairs={(action.then_set ?? {}) as Record<string, Json>}
        fields={settable}
        first={(field) => (typeNamed(field.type)?.points ? NEW_RECORD : null)}
        draw={(field, value, set) => <SetInput {...{ field, value }} target={action.target} onChange={set} />}
        onChange={(then_set) => onChange({ then_set })}
      />
    </Card>
  )
}

/** All of the form's. */
export function ActionsPane() {
  const t = useT()
  const { form, editor } = useDesigner()
  const actions = form.actions ?? []
  const change = (id: string, next: Partial<Action>) =>
    editor.change(
      (draft) => {
        const found = (draft as Form).actions?.find((each) => each.id === id)
        if (found !== undefined) patched(found, next)
      },
      `action:${id}:${Object.keys(next).join()}`,
    )
  const add = () => {
    const id = free(
      'action_1',
      actions.map((each) => each.id),
    )
    editor.change((draft) => {
      const edited = draft as Form
      edited.actions = [...(edited.actions ?? []), { id, label: t('filling.actionNew'), target: '' }]
    })
  }
  const remove = (id: string) =>
    editor.change((draft) => {
      const edited = draft as Form
      edited.actions = (edited.actions ?? []).filter((each) => each.id !== id)
    })
  return (
    <div className={css.list}>
      <p className={css.hint}>{t('filling.actionsHint')}</p>
      {actions.map((action, at) => (
        <ActionCard
          key={action.id}
          {...{ action, at }}
          onChange={(next) => change(action.id, next)}
          onRemove={() => remove(action.id)}
        />
      ))}
      <Button type="dashed" icon={<Plus size={14} aria-hidden />} onClick={add}>
        {t('filling.addAction')}
      </Button>
    </div>
  )
}
