/** A new aggregate 新建聚合表: a name, and the form that it counts. */
import { Input, Modal } from 'antd'
import { useState } from 'react'
import { useT } from '@/i18n/i18n'
import { useGo } from '@/lib/route'
import { type AppDraft, savePart } from '@/ui/design/draft'
import { toast } from '@/ui/toast'
import { freeId } from '../design/edits'
import { draftShape, formsOf } from '../design/fields'
import { Pick, Property } from '../design/parts'
import css from './aggregates.module.css'
import { newAggregate } from './shape'

/** Makes it in the draft and opens it. */
export function NewAggregate({ app, draft, onClose }: { app: string; draft: AppDraft; onClose: () => void }) {
  const t = useT()
  const go = useGo()
  const forms = formsOf(draft)
  const [name, setName] = useState('')
  const [form, setForm] = useState(forms[0]?.id ?? '')
  const [busy, setBusy] = useState(false)
  const shape = draftShape(app, draft, form)
  const ready = name.trim() !== '' && shape !== undefined
  const make = async () => {
    if (!ready || busy) return
    setBusy(true)
    const taken = Object.keys(draft.parts).flatMap((part) => (part.startsWith('aggregates/') ? [part.slice(11)] : []))
    const id = freeId('aggregate', taken)
    try {
      await savePart(app, `aggregates/${id}`, newAggregate(id, name.trim(), shape, t))
      go(`/app/${app}/design/aggregate/${id}`)
    } catch (error) {
      toast.error(error)
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      centered
      width={420}
      title={t('dashboard.newAggregate')}
      okText={t('dashboard.create')}
      cancelText={t('ui.cancel')}
      okButtonProps={{ disabled: !ready, loading: busy }}
      onOk={make}
      onCancel={onClose}
    >
      <div className={css.made}>
        <Property label={t('dashboard.aggregateName')}>
          <Input
            autoFocus
            value={name}
            maxLength={60}
            placeholder={t('dashboard.aggregateExample')}
            onChange={(event) => setName(event.target.value)}
            onPressEnter={make}
          />
        </Property>
        <Property label={t('dashboard.form')}>
          <Pick
            value={form}
            label={t('dashboard.form')}
            options={forms.map(({ id, name: label }) => ({ value: id, label }))}
            onChange={setForm}
          />
        </Property>
      </div>
    </Modal>
  )
}
