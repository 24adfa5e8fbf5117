/** Changing one's own password 修改密码. */
import { Form, Input, Modal } from 'antd'
import { api } from '@/api/client'
import { useT } from '@/i18n/i18n'
import { toast } from '@/ui/toast'
import { useSending } from './use-sending'

interface Passwords {
  old: string
  new: string
}

/** The old one and the new one; other browsers are signed out. */
export function PasswordDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT()
  const { form, busy, send } = useSending<Passwords>(async (body) => {
    await api.post('/api/account/password', { body })
    toast.done(t('workspace.passwordChanged'))
    onClose()
  })
  return (
    <Modal
      open={open}
      title={t('workspace.changePassword')}
      okText={t('ui.save')}
      cancelText={t('ui.cancel')}
      confirmLoading={busy}
      onOk={form.submit}
      onCancel={onClose}
      width={440}
      destroyOnHidden
    >
      <p style={{ marginBottom: 16, color: 'var(--text-quiet)' }}>{t('workspace.changePasswordHint')}</p>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        preserve={false}
        onFinish={send}
        initialValues={{ old: '', new: '' }}
      >
        <Form.Item
          name="old"
          label={t('workspace.oldPassword')}
          rules={[{ required: true, message: t('workspace.required') }]}
        >
          <Input.Password autoComplete="current-password" maxLength={200} />
        </Form.Item>
        <Form.Item
          name="new"
          label={t('workspace.newPassword')}
          rules={[{ required: true, min: 8, message: t('workspace.passwordShort') }]}
        >
          <Input.Password autoComplete="new-password" maxLength={200} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
