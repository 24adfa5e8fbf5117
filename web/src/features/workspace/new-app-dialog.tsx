/** A new app 新建应用: from the template, or empty with a name. */
import { Checkbox, Form, Input, Modal } from 'antd'
import { FilePlus2, Handshake, type LucideIcon } from 'lucide-react'
import { useState } from 'react'
import { api } from '@/api/client'
import { renew } from '@/api/query'
import { useT } from '@/i18n/i18n'
import { useGo } from '@/lib/route'
import { toast } from '@/ui/toast'
import css from './apps.module.css'
import { useSending } from './use-sending'

interface NewApp {
  name: string
  samples: boolean
}

type From = 'crm' | ''

const CHOICES: { from: From; icon: LucideIcon; word: string }[] = [
  { from: 'crm', icon: Handshake, word: 'fromCrm' },
  { from: '', icon: FilePlus2, word: 'fromNothing' },
]

function Choice({ from, icon: Icon, word, chosen, onChoose }: (typeof CHOICES)[number] & ChoiceState) {
  const t = useT()
  return (
    <label className={css.choice}>
      <input type="radio" name="from" value={from} checked={chosen} onChange={onChoose} />
      <Icon size={22} aria-hidden />
      <span>
        <strong>{t(`workspace.${word}`)}</strong>
        <span className={css.note}>{t(`workspace.${word}Note`)}</span>
      </span>
    </label>
  )
}

interface ChoiceState {
  chosen: boolean
  onChoose: () => void
}

/** Two ways to begin; goes to the new app. */
export function NewAppDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT()
  const go = useGo()
  const [from, setFrom] = useState<From>('crm')
  const { form, busy, send } = useSending<NewApp>(async ({ name = '', samples = false }) => {
    const made = await api.post('/api/apps', { body: { template: from, samples, name: name.trim() } })
    await renew('/api/apps', '/api/session', '/api/directory')
    toast.done(t('workspace.appMade', { name: made.name }))
    onClose()
    go(`/app/${made.id}`)
  })
  return (
    <Modal
      open={open}
      title={t('workspace.newApp')}
      okText={t('workspace.makeApp')}
      cancelText={t('ui.cancel')}
      confirmLoading={busy}
      onOk={form.submit}
      onCancel={onClose}
      width={480}
      destroyOnHidden
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={send}
        initialValues={{ name: '', samples: true }}
      >
        <div className={css.choices} role="radiogroup" aria-label={t('workspace.newApp')}>
          {CHOICES.map((each) => (
            <Choice key={each.word} {...each} chosen={from === each.from} onChoose={() => setFrom(each.from)} />
          ))}
        </div>
        {from === '' ? (
          <Form.Item
            name="name"
            label={t('workspace.appName')}
            rules={[{ required: true, whitespace: true, message: t('workspace.required') }]}
          >
            <Input autoFocus maxLength={60} placeholder={t('workspace.appNameHint')} />
          </Form.Item>
        ) : (
          <Form.Item name="samples" valuePropName="checked" extra={t('workspace.withSamplesNote')}>
            <Checkbox>{t('workspace.withSamples')}</Checkbox>
          </Form.Item>
        )}
      </Form>
    </Modal>
  )
}
