/** Joining a workspace by a link 接受邀请. */
import { Button, Form } from 'antd'
import { api } from '@/api/client'
import { useApi } from '@/api/query'
import { enter, homeOf } from '@/api/session'
import { useT } from '@/i18n/i18n'
import { useGo, usePath } from '@/lib/route'
import { EmptyState } from '@/ui/empty-state'
import { FormBones } from '@/ui/skeletons'
import { EmailItem, NameItem, PasswordItem } from '../account-fields'
import { DoorPage } from '../door'
import { useSending } from '../use-sending'

function JoinForm({ token }: { token: string }) {
  const t = useT()
  const go = useGo()
  const { form, busy, send } = useSending<{ name: string; email: string; password: string }>(async (body) => {
    const session = await api.post('/api/invites/{token}/accept', { params: { path: { token } }, body })
    enter(session)
    go(homeOf(session))
  })
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={send}
      initialValues={{ name: '', email: '', password: '' }}
    >
      <NameItem />
      <EmailItem />
      <PasswordItem />
      <Button type="primary" htmlType="submit" block size="large" loading={busy}>
        {t('workspace.join')}
      </Button>
    </Form>
  )
}

/** Who invites to what, and three boxes. */
export default function Invite() {
  const t = useT()
  const { token } = usePath()
  const { data, error } = useApi('/api/invites/{token}', { params: { path: { token } } })
  if (error) {
    return (
      <DoorPage title="">
        <EmptyState figure="fish" title={t('workspace.inviteGone')} hint={error.message} />
      </DoorPage>
    )
  }
  if (!data) return <DoorPage title="">{<FormBones fields={3} />}</DoorPage>
  const { inviter, workspace } = data
  return (
    <DoorPage title={t('workspace.inviteTitle', { inviter, workspace })} foot={t('workspace.inviteHint')}>
      <JoinForm token={token} />
    </DoorPage>
  )
}
