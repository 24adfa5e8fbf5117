/** The form as people will fill it 预览: on a desktop or a phone, formulas and rules at work; nothing is saved. */
import { useQuery } from '@tanstack/react-query'
import { Button, Modal, Segmented, Select } from 'antd'
import { Monitor, Smartphone } from 'lucide-react'
import { useMemo, useState } from 'react'
import { api } from '@/api/client'
import { useFieldContext } from '@/fields/context'
import type { Field } from '@/fields/field'
import type { OptionSettings } from '@/fields/parts/options'
import { typeNamed } from '@/fields/registry'
import { useT } from '@/i18n/i18n'
import { useIsPhone } from '@/lib/use-is-phone'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { PagedForm } from '@/ui/record/paged-form'
import type { FormShape } from '@/ui/record/shape'
import { useRecordForm } from '@/ui/record/use-record-form'
import { FormBones } from '@/ui/skeletons'
import { columnsOf, type Form } from './definition'
import css from './designer.module.css'
import { useDesigner } from './use-designer'

interface Text {
  text: string
  subform: string
}

/** When each option of a choice is offered. */
const conditionsOf = (field: Field) => ((field as OptionSettings).options ?? []).map(({ when }) => when)

/** Every expression of the form with the rows it stands in. */
function textsOf(form: Form): Text[] {
  const own = (field: Field, subform: string): Text[] =>
    [field.formula, field.default_formula, ...conditionsOf(field)].flatMap((text) =>
      text?.trim() ? [{ text, subform }] : [],
    )
  const fields = (form.fields ?? []).flatMap((field) => [
    ...own(field, ''),
    ...(columnsOf(field) ?? []).flatMap((column) => own(column, field.id)),
  ])
  const rules = (form.rules ?? []).flatMap(({ when }) => (when.trim() ? [{ text: when, subform: '' }] : []))
  return [...fields, ...rules]
}

/** The form as if it were published: expressions parsed by the server, every field writable. */
async function shapeOf(app: string, form: Form): Promise<FormShape> {
  const definition = form as unknown as Record<string, unknown>
  const asked = textsOf(form).map(async ({ text, subform }) => {
    const body = { text, app, form: form.id, subform, definition, values: null }
    const { ok, tree } = await api.post('/api/expressions', { body })
    return ok ? ([text, tree] as const) : undefined
  })
  const trees = (await Promise.all(asked)).filter((each) => each !== undefined)
  const ids = (form.fields ?? []).map(({ id }) => id)
  return {
    app,
    form: form.id,
    version: 0,
    definition: form as unknown as FormShape['definition'],
    trees: Object.fromEntries(trees),
    operations: ['create', 'read', 'update'],
    readable: ids,
    writable: ids,
    forms: {},
  }
}

interface Granted {
  operations: string[]
  readable: string[]
  writable: string[]
}

/** The form cut to what somebody may know of it, as the server would cut it. */
export function cutTo(shape: FormShape, { operations, readable, writable }: Granted): FormShape {
  const known = new Set([...readable, ...writable])
  const stands = (field: Field) => typeNamed(field.type)?.valued === false
  const fields = (shape.definition.fields ?? [])
    .filter((field) => stands(field) || known.has(field.id))
    .map((field) => {
      const columns = columnsOf(field)
      return columns ? { ...field, fields: columns.filter(({ id }) => known.has(`${field.id}.${id}`)) } : field
    })
  return { ...shape, operations, readable, writable, definition: { ...shape.definition, fields } }
}

/** `''`: nobody in particular; `member:id` or `role:id`. */
async function shapeFor(app: string, form: Form, who: string): Promise<FormShape> {
  const whole = await shapeOf(app, form)
  if (who === '') return whole
  const [kind = '', id = ''] = who.split(':')
  const body = { definition: form as unknown as Record<string, unknown>, member: '', role: '', [kind]: id }
  return cutTo(whole, await api.post('/api/apps/{app}/previews', { params: { path: { app } }, body }))
}

function Filled({ shape }: { shape: FormShape }) {
  const t = useT()
  const start = useMemo(() => ({}), [])
  const state = useRecordForm({ shape, start, fresh: true })
  const check = () => void state.isComplete()
  if (!shape.operations.includes('create'))
    return <EmptyState small figure="fish" title={t('designer.previewCannot')} hint={t('designer.previewCannotHint')} />
  const send = (
    <Button type="primary" size="large" onClick={check}>
      {t('designer.previewSend')}
    </Button>
  )
  return <PagedForm state={state} send={send} onEnd={check} />
}

/** Through whose eyes: everything, a member's, or those of whoever holds a role. */
function WhoInput({ value, onChange }: { value: string; onChange: (who: string) => void }) {
  const t = useT()
  const { members, roles = [] } = useFieldContext()
  const named = (kind: string, list: { id: string; name: string }[]) =>
    list.map(({ id, name }) => ({ value: `${kind}:${id}`, label: name }))
  return (
    <Select
      className={css.previewWho}
      value={value}
      aria-label={t('designer.previewAs')}
      showSearch={{ optionFilterProp: 'label' }}
      options={[
        { value: '', label: t('designer.previewAll') },
        { label: t('designer.roles'), options: named('role', roles) },
        {
          label: t('designer.members'),
          options: named(
            'member',
            members.filter(({ enabled }) => enabled !== false),
          ),
        },
      ]}
      onChange={onChange}
    />
  )
}

/** A dialog with a frame of the chosen size. */
export function Preview({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT()
  const small = useIsPhone()
  const { app, form } = useDesigner()
  const [device, setDevice] = useState<'desktop' | 'phone'>('desktop')
  const [who, setWho] = useState('')
  const shape = useQuery({
    queryKey: ['preview', app, form, who],
    queryFn: () => shapeFor(app, form, who),
    enabled: open,
    gcTime: 0,
    retry: false,
  })
  const icon = (Icon: typeof Monitor) => <Icon size={14} aria-hidden className={css.inlineIcon} />
  const devices = [
    { value: 'desktop' as const, label: t('designer.desktop'), icon: icon(Monitor) },
    { value: 'phone' as const, label: t('designer.phone'), icon: icon(Smartphone) },
  ]
  const body = () => {
    if (shape.data) return <Filled key={who} shape={shape.data} />
    return shape.error ? <ErrorState small error={shape.error} onRetry={() => shape.refetch()} /> : <FormBones />
  }
  return (
    <Modal open={open} onCancel={onClose} footer={null} width={920} destroyOnHidden title={t('designer.previewTitle')}>
      <div className={css.previewHead}>
        {small ? null : <Segmented value={device} options={devices} onChange={setDevice} />}
        <WhoInput value={who} onChange={setWho} />
        <span className={css.hint}>{t('designer.previewHint')}</span>
      </div>
      <div className={css.previewFrame} data-device={small ? 'phone' : device}>
        <h2 className={css.paperTitle}>{form.name}</h2>
        {form.description ? <p className={css.paperText}>{form.description}</p> : null}
        {body()}
      </div>
    </Modal>
  )
}
