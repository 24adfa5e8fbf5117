/** The form as people will fill it 预览: on a desktop or a phone, with rules at work; nothing is saved. */
import { Modal, Segmented } from 'antd'
import { Monitor, Smartphone } from 'lucide-react'
import { useState } from 'react'
import type { Json, Values } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import { useT } from '@/i18n/i18n'
import { useIsPhone } from '@/lib/use-is-phone'
import css from './designer.module.css'
import { blocksOf } from './layout'
import { useDesigner } from './use-designer'

function Filled() {
  const { form } = useDesigner()
  const [values, setValues] = useState<Values>(() =>
    Object.fromEntries((form.fields ?? []).map((field) => [field.id, field.default ?? null])),
  )
  const fill = (more: Values) => setValues((before) => ({ ...before, ...more }))
  return (
    <>
      {blocksOf(form).map(({ section, fields }) => (
        <section key={section?.id ?? ''} className={css.block}>
          {section === null ? null : <h3 className={css.previewSection}>{section.label}</h3>}
          <div className={css.grid}>
            {fields
              .filter((field) => field.hidden !== true)
              .map((field) => {
                const type = typeNamed(field.type)
                if (type === undefined) return null
                const width = type.nested === undefined ? (field.width ?? 'half') : 'full'
                return (
                  <div key={field.id} className={css.previewField} data-width={width}>
                    <label htmlFor={`preview-${field.id}`} className={css.cardLabel}>
                      <span className={css.cardName}>{field.label}</span>
                      {field.required ? <span className={css.star}>*</span> : null}
                    </label>
                    <type.Input
                      id={`preview-${field.id}`}
                      field={field}
                      value={(values[field.id] as never) ?? null}
                      values={values}
                      readOnly={field.read_only === true || field.formula !== undefined || type.given === true}
                      onChange={(value: Json) => fill({ [field.id]: value })}
                      onFill={fill}
                    />
                    {field.help ? <div className={css.cardHelp}>{field.help}</div> : null}
                  </div>
                )
              })}
          </div>
        </section>
      ))}
    </>
  )
}

/** A dialog with a frame of the chosen size. */
export function Preview({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT()
  const small = useIsPhone()
  const { form } = useDesigner()
  const [device, setDevice] = useState<'desktop' | 'phone'>('desktop')
  const shown = small ? 'phone' : device
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
      <div className={css.previewFrame} data-device={shown}>
        <h2 className={css.paperTitle}>{form.name}</h2>
        {form.description ? <p className={css.paperText}>{form.description}</p> : null}
        <Filled />
      </div>
    </Modal>
  )
}
