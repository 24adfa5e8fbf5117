/** What was done to people and their access 操作日志. */
import { Table } from 'antd'
import { useDirectory } from '@/api/directory'
import { useApi } from '@/api/query'
import { useT } from '@/i18n/i18n'
import { formatTime } from '@/lib/format'
import { EmptyState } from '@/ui/empty-state'
import { Loaded } from '@/ui/loaded'
import { PageHeader } from '@/ui/page-header'

const KNOWN = [
  'password_changed',
  'password_set',
  'reset_offered',
  'reset_used',
  'member_disabled',
  'member_enabled',
  'event_run',
  'recognition_run',
]

/** The newest line first. */
export function Audit() {
  const t = useT()
  const asked = useApi('/api/audit')
  const { data: directory } = useDirectory()
  const nameOf = (id: string) => directory?.members.find((each) => each.id === id)?.name
  const word = (topic: string) => (KNOWN.includes(topic) ? t(`workspace.auditTopic.${topic}`) : topic)
  return (
    <>
      <PageHeader title={t('workspace.audit')} note={t('workspace.auditNote')} />
      <Loaded
        asked={asked}
        rows={3}
        empty={<EmptyState figure="house" title={t('workspace.auditEmpty')} hint={t('workspace.auditEmptyHint')} />}
      >
        {(lines) => (
          <div style={{ padding: '0 16px 16px', overflowX: 'auto' }}>
            <Table
              size="small"
              rowKey="id"
              dataSource={lines}
              pagination={lines.length > 50 ? { pageSize: 50 } : false}
              columns={[
                { title: t('workspace.auditAt'), width: 150, render: (_, each) => formatTime(each.at) },
                {
                  title: t('workspace.auditActor'),
                  render: (_, each) => (each.actor === '' ? t('workspace.auditOperator') : nameOf(each.actor)),
                },
                { title: t('workspace.auditWhat'), render: (_, each) => word(each.topic) },
                { title: t('workspace.memberName'), render: (_, each) => nameOf(each.subject) ?? each.note },
              ]}
            />
          </div>
        )}
      </Loaded>
    </>
  )
}
