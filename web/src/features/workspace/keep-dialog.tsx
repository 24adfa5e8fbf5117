/** Keeping a trial for good 保存为正式账号. */
import { Form, Input, Modal } from 'antd'
import { api } from '@/api/client'
import { enter } from '@/api/session'
import { useT } from '@/i18n/i18n'
import { toast } from '@/ui/toast'
import { EmailItem, NameItem, PasswordItem } from './account-fields'
import { useSending } from './use-sending'

interface Kept {
  name: string
  email: string
  password: string
  workspace: string
}

/** Name, e-mail, password; everything in the workspace stays. */
export function KeepDialog({ open, workspace, onClose }: { open: boolean; workspace: string; onClose: () => void }) {
  const t = useT()
  const { form, busy, send } = useSending<Kept>(async (body) => {
    enter(await api.post('/api/trial/keep', { body }))
    toast.done(t('workspace.kept', { email: body.email }))
    onClose()
  })
  return (
    <Modal
      open={open}
      title={t('workspace.keepTitle')}
      okText={t('workspace.keepAction')}
      cancelText={t('ui.cancel')}
      confirmLoading={busy}
      onOk={form.submit}
      onCancel={onClose}
      width={440}
      destroyOnHidden
    >
      <p style={{ marginBottom: 16, color: 'var(--text-quiet)' }}>{t('workspace.keepHint')}</p>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={send}
        initialValues={{ name: '', email: '', password: '', workspace }}
      >
        <NameItem />
        <EmailItem />
        <PasswordItem />
        <Form.Item name="workspace" label={t('workspace.company')}>
          <Input autoComplete="organization" maxLength={60} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
