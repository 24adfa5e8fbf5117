/** Name, e-mail and password 账号字段: asked the same way wherever an account is made. */
import { Form, Input } from 'antd'
import { useT } from '@/i18n/i18n'

export function NameItem() {
  const t = useT()
  return (
    <Form.Item
      name="name"
      label={t('workspace.name')}
      rules={[{ required: true, whitespace: true, message: t('workspace.nameMissing') }]}
    >
      <Input autoComplete="name" maxLength={60} />
    </Form.Item>
  )
}

export function EmailItem() {
  const t = useT()
  return (
    <Form.Item
      name="email"
      label={t('workspace.email')}
      rules={[{ required: true, type: 'email', message: t('workspace.emailWrong') }]}
    >
      <Input type="email" inputMode="email" autoComplete="username" maxLength={254} />
    </Form.Item>
  )
}

/** `known`: an existing password, of any length. */
export function PasswordItem({ known = false }: { known?: boolean }) {
  const t = useT()
  const rule = known
    ? { required: true, message: t('workspace.required') }
    : { required: true, min: 8, message: t('workspace.passwordShort') }
  return (
    <Form.Item name="password" label={t('workspace.password')} rules={[rule]}>
      <Input.Password autoComplete={known ? 'current-password' : 'new-password'} maxLength={200} />
    </Form.Item>
  )
}
