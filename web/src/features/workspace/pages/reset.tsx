/** Setting a forgotten password anew by a link 重置密码. */
import { Button, Form } from 'antd'
import { api } from '@/api/client'
import { useApi } from '@/api/query'
import { useT } from '@/i18n/i18n'
import { useGo, usePath } from '@/lib/route'
import { EmptyState } from '@/ui/empty-state'
import { FormBones } from '@/ui/skeletons'
import { toast } from '@/ui/toast'
import { PasswordItem } from '../account-fields'
import { DoorPage } from '../door'
import { useSending } from '../use-sending'

function ResetForm({ token, email }: { token: string; email: string }) {
  const t = useT()
  const go = useGo()
  const { form, busy, send } = useSending<{ password: string }>(async (body) => {
    await api.post('/api/resets/{token}', { params: { path: { token } }, body })
    toast.done(t('workspace.passwordReset'))
    go('/signin')
  }, 'password')
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={send} initialValues={{ password: '' }}>
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <PasswordItem />
      <Button type="primary" htmlType="submit" block size="large" loading={busy}>
        {t('workspace.setPassword')}
      </Button>
    </Form>
  )
}

/** Whose password, and one box. */
export default function Reset() {
  const t = useT()
  const { token } = usePath()
  const { data, error } = useApi('/api/resets/{token}', { params: { path: { token } } }, { retry: false })
  if (error) {
    return (
      <DoorPage title="">
        <EmptyState figure="fish" title={t('workspace.resetGone')} hint={error.message} />
      </DoorPage>
    )
  }
  if (!data) return <DoorPage title="">{<FormBones fields={1} />}</DoorPage>
  return (
    <DoorPage title={t('workspace.resetTitle', { name: data.name })} foot={t('workspace.resetHint')}>
      <p style={{ marginBottom: 16, color: 'var(--text-quiet)' }}>{data.email}</p>
      <ResetForm token={token} email={data.email} />
    </DoorPage>
  )
}
