/** Changing one's own password 修改密码. */
import { Form, Input } from 'antd'
import { api } from '@/api/client'
import { useT } from '@/i18n/i18n'
import { toast } from '@/ui/toast'
import { EditDialog } from './edit-dialog'

interface Passwords {
  old: string
  new: string
}

/** The old one and the new one; other browsers are signed out. */
export function PasswordDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT()
  const change = async (body: Passwords) => {
    await api.post('/api/account/password', { body })
    toast.done(t('workspace.passwordChanged'))
  }
  return (
    <EditDialog
      title={t('workspace.changePassword')}
      hint={t('workspace.changePasswordHint')}
      start={open ? { old: '', new: '' } : null}
      onSave={change}
      onClose={onClose}
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
    </EditDialog>
  )
}
