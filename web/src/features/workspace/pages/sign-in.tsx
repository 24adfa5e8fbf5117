/** Signing in 登录. */
import { Link, useRouter } from '@tanstack/react-router'
import { Button, Form } from 'antd'
import { api } from '@/api/client'
import { enter, homeOf } from '@/api/session'
import { useT } from '@/i18n/i18n'
import { useSearchState } from '@/lib/route'
import { EmailItem, PasswordItem } from '../account-fields'
import { DoorPage } from '../door'
import { safeNext } from '../next'
import { useSending } from '../use-sending'

/** E-mail and password. */
export default function SignIn() {
  const t = useT()
  const router = useRouter()
  const [{ next }] = useSearchState<{ next: string }>()
  const { form, busy, send } = useSending<{ email: string; password: string }>(async (body) => {
    const session = await api.post('/api/signin', { body })
    enter(session)
    router.history.push(safeNext(next, homeOf(session)))
  }, 'password')
  const foot = (
    <>
      {t('workspace.signInNo')} <Link to="/signup">{t('workspace.signUp')}</Link>
      <div style={{ marginTop: 8 }}>
        <Link to="/">{t('workspace.orTry')}</Link>
      </div>
      <div style={{ marginTop: 8 }}>{t('workspace.forgot')}</div>
    </>
  )
  return (
    <DoorPage title={t('workspace.signInTitle')} foot={foot}>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={send}
        initialValues={{ email: '', password: '' }}
      >
        <EmailItem />
        <PasswordItem known />
        <Button type="primary" htmlType="submit" block size="large" loading={busy}>
          {t('workspace.signIn')}
        </Button>
      </Form>
    </DoorPage>
  )
}
