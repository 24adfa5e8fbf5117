/** Keeping a trial for good 保存为正式账号. */
import { Form, Input } from 'antd'
import { api } from '@/api/client'
import { enter } from '@/api/session'
import { useT } from '@/i18n/i18n'
import { toast } from '@/ui/toast'
import { EmailItem, NameItem, PasswordItem } from './account-fields'
import { EditDialog } from './edit-dialog'

interface Kept {
  name: string
  email: string
  password: string
  workspace: string
}

/** Name, e-mail, password; everything in the workspace stays. */
export function KeepDialog({ open, workspace, onClose }: { open: boolean; workspace: string; onClose: () => void }) {
  const t = useT()
  const keep = async (body: Kept) => {
    enter(await api.post('/api/trial/keep', { body }))
    toast.done(t('workspace.kept', { email: body.email }))
  }
  return (
    <EditDialog
      title={t('workspace.keepTitle')}
      hint={t('workspace.keepHint')}
      start={open ? { name: '', email: '', password: '', workspace } : null}
      action={t('workspace.keepAction')}
      onSave={keep}
      onClose={onClose}
    >
      <NameItem />
      <EmailItem />
      <PasswordItem />
      <Form.Item name="workspace" label={t('workspace.company')}>
        <Input autoComplete="organization" maxLength={60} />
      </Form.Item>
    </EditDialog>
  )
}
