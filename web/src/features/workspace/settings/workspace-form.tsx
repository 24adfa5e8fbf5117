/** The workspace's own name and time zone 工作区设置. */
import { Button, Form, Input, Select } from 'antd'
import { api } from '@/api/client'
import { renew } from '@/api/query'
import { useSession } from '@/api/session'
import { useT } from '@/i18n/i18n'
import { PageHeader } from '@/ui/page-header'
import { toast } from '@/ui/toast'
import { useNameRule } from '../edit-dialog'
import { useSending } from '../use-sending'

function zones(): string[] {
  return typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : ['Asia/Shanghai', 'UTC']
}

/** Two boxes and a button. */
export function WorkspaceForm() {
  const t = useT()
  const rule = useNameRule()
  const { data: session } = useSession()
  const { form, busy, send } = useSending<{ name: string; timezone: string }>(async (body) => {
    await api.patch('/api/workspace', { body })
    await renew('/api/session')
    toast.done(t('workspace.saved'))
  })
  const workspace = session?.workspace
  if (!workspace) return null
  return (
    <>
      <PageHeader title={t('workspace.workspace')} />
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        style={{ maxWidth: 420, padding: '8px 16px 20px' }}
        initialValues={{ name: workspace.name, timezone: workspace.timezone }}
        onFinish={send}
      >
        <Form.Item name="name" label={t('workspace.workspaceName')} rules={[rule]}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="timezone" label={t('workspace.timezone')}>
          <Select showSearch options={zones().map((zone) => ({ value: zone, label: zone }))} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('ui.save')}
        </Button>
      </Form>
    </>
  )
}
