/** A new account with a workspace of its own 注册. */
import { Link } from '@tanstack/react-router'
import { Button, Checkbox, Form, Input } from 'antd'
import { api } from '@/api/client'
import { enter, homeOf } from '@/api/session'
import { language, useT } from '@/i18n/i18n'
import { useGo } from '@/lib/route'
import { EmailItem, NameItem, PasswordItem } from '../account-fields'
import { DoorPage } from '../door'
import { useSending } from '../use-sending'

interface SignUpValues {
  name: string
  email: string
  password: string
  workspace: string
  crm: boolean
}

/** Who, which company, and whether the CRM comes along. */
export default function SignUp() {
  const t = useT()
  const go = useGo()
  const { form, busy, send } = useSending<SignUpValues>(async ({ crm, ...account }) => {
    const template = crm ? 'crm' : ''
    const session = await api.post('/api/signup', {
      body: { ...account, language: language(), template, samples: crm },
    })
    enter(session)
    go(homeOf(session))
  })
  const foot = (
    <>
      {t('workspace.signUpYes')} <Link to="/signin">{t('workspace.signIn')}</Link>
    </>
  )
  const blank = { name: '', email: '', password: '', workspace: '', crm: true }
  return (
    <DoorPage title={t('workspace.signUpTitle')} foot={foot}>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={send} initialValues={blank}>
        <Form.Item
          name="workspace"
          label={t('workspace.company')}
          rules={[{ required: true, whitespace: true, message: t('workspace.required') }]}
        >
          <Input autoComplete="organization" maxLength={60} />
        </Form.Item>
        <NameItem />
        <EmailItem />
        <PasswordItem />
        <Form.Item name="crm" valuePropName="checked">
          <Checkbox>{t('workspace.withCrm')}</Checkbox>
        </Form.Item>
        <Button type="primary" htmlType="submit" block size="large" loading={busy}>
          {t('workspace.start')}
        </Button>
      </Form>
    </DoorPage>
  )
}
