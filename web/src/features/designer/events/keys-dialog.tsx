/** Keys of the workspace 密钥: kept by the server, sent to one host, shown to nobody again. */
import { Button, Form, Input, Modal } from 'antd'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { api } from '@/api/client'
import { useApi } from '@/api/query'
import { useT } from '@/i18n/i18n'
import { formatTime } from '@/lib/format'
import { confirm } from '@/ui/confirm'
import { IconButton } from '@/ui/icon-button'
import { toast } from '@/ui/toast'
import css from './events.module.css'

const PATH = '/api/workspace/keys/{key}'

interface Shape {
  name: string
  host: string
  value: string
}

/** What is kept, and a form for one more. */
export function KeysDialog({ host, onClose }: { host: string; onClose: () => void }) {
  const t = useT()
  const { data, refetch } = useApi('/api/workspace/keys')
  const [box] = Form.useForm<Shape>()
  const [busy, setBusy] = useState(false)
  const save = async ({ name, host: place, value }: Shape) => {
    setBusy(true)
    try {
      await api.put(PATH, { params: { path: { key: name } }, body: { host: place, value } })
      await refetch()
      box.setFieldsValue({ name: '', value: '' })
      toast.done(t('events.keySaved'))
    } catch (problem) {
      toast.error(problem)
    } finally {
      setBusy(false)
    }
  }
  const drop = async (name: string) => {
    const sure = await confirm({
      title: t('events.dropKey', { name }),
      detail: t('events.dropKeyDetail'),
      action: t('ui.delete'),
    })
    if (!sure) return
    try {
      await api.delete(PATH, { params: { path: { key: name } } })
      await refetch()
    } catch (problem) {
      toast.error(problem)
    }
  }
  const needed = { required: true, message: t('events.needed') }
  const slug = { pattern: /^[a-z][a-z0-9_]{0,62}$/, message: t('events.keyNameHint') }
  return (
    <Modal open footer={null} title={t('events.manageKeys')} onCancel={onClose}>
      <p className={css.hint}>{t('events.keysHint')}</p>
      <ul className={css.keyList}>
        {(data?.keys ?? []).map((each) => (
          <li key={each.name}>
            <strong>{each.name}</strong>
            <span>{each.host}</span>
            <time>{formatTime(each.at)}</time>
            <IconButton
              size="small"
              icon={Trash2}
              iconSize={14}
              label={t('ui.delete')}
              onClick={() => drop(each.name)}
            />
          </li>
        ))}
      </ul>
      <Form<Shape>
        form={box}
        layout="vertical"
        requiredMark={false}
        initialValues={{ name: '', host, value: '' }}
        onFinish={save}
      >
        <Form.Item name="name" label={t('events.keyName')} extra={t('events.keyNameHint')} rules={[needed, slug]}>
          <Input maxLength={63} placeholder="erp" autoComplete="off" />
        </Form.Item>
        <Form.Item name="host" label={t('events.keyHost')} extra={t('events.keyHostHint')} rules={[needed]}>
          <Input maxLength={260} placeholder="api.example.com" autoComplete="off" />
        </Form.Item>
        <Form.Item name="value" label={t('events.keyValue')} rules={[needed]}>
          <Input.Password maxLength={1000} autoComplete="new-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('events.saveKey')}
        </Button>
      </Form>
    </Modal>
  )
}
