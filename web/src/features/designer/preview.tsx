/** The form as people will fill it 预览: on a desktop or a phone, formulas and rules at work; nothing is saved. */
import { useQuery } from '@tanstack/react-query'
import { Modal, Segmented } from 'antd'
import { Monitor, Smartphone } from 'lucide-react'
import { useMemo, useState } from 'react'
import { api } from '@/api/client'
import type { Field } from '@/fields/field'
import type { OptionSettings } from '@/fields/parts/options'
import { useT } from '@/i18n/i18n'
import { useIsPhone } from '@/lib/use-is-phone'
import { RecordForm } from '@/ui/record/record-form'
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

function Filled({ shape }: { shape: FormShape }) {
  const start = useMemo(() => ({}), [])
  const state = useRecordForm({ shape, start, fresh: true })
  return <RecordForm state={state} />
}

/** A dialog with a frame of the chosen size. */
export function Preview({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT()
  const small = useIsPhone()
  const { app, form } = useDesigner()
  const [device, setDevice] = useState<'desktop' | 'phone'>('desktop')
  const shape = useQuery({
    queryKey: ['preview', app, form],
    queryFn: () => shapeOf(app, form),
    enabled: open,
    gcTime: 0,
  })
  const icon = (Icon: typeof Monitor) => <Icon size={14} aria-hidden className={css.inlineIcon} />
  const devices = [
    { value: 'desktop' as const, label: t('designer.desktop'), icon: icon(Monitor) },
    { value: 'phone' as const, label: t('designer.phone'), icon: icon(Smartphone) },
  ]
  return (
    <Modal open={open} onCancel={onClose} footer={null} width={920} destroyOnHidden title={t('designer.previewTitle')}>
      <div className={css.previewHead}>
        {small ? null : <Segmented value={device} options={devices} onChange={setDevice} />}
        <span className={css.hint}>{t('designer.previewHint')}</span>
      </div>
      <div className={css.previewFrame} data-device={small ? 'phone' : device}>
        <h2 className={css.paperTitle}>{form.name}</h2>
        {form.description ? <p className={css.paperText}>{form.description}</p> : null}
        {shape.data === undefined ? <FormBones /> : <Filled shape={shape.data} />}
      </div>
    </Modal>
  )
}
