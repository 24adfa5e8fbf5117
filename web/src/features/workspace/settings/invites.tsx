/** Invitations by link 邀请链接. */
import { Button, Form, Select, Table } from 'antd'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { api } from '@/api/client'
import { renew, useApi } from '@/api/query'
import type { components } from '@/api/schema'
import { useSession } from '@/api/session'
import { useT } from '@/i18n/i18n'
import { formatTime } from '@/lib/format'
import { confirm } from '@/ui/confirm'
import { EmptyState } from '@/ui/empty-state'
import { Loaded } from '@/ui/loaded'
import { PageHeader } from '@/ui/page-header'
import { EditDialog } from '../edit-dialog'
import { KeepDialog } from '../keep-dialog'
import { acting } from './acting'
import { DepartmentsSelect, RolesSelect } from './choosers'
import { Secret } from './secret'

type Invite = components['schemas']['InviteLink']
type Asked = { departments: string[]; roles: string[]; days: number }

const INVITES = '/api/invites'
const DAYS = [1, 7, 30, 90]

function InviteTable({ invites }: { invites: Invite[] }) {
  const t = useT()
  const revoke = async (invite: string) => {
    const question = {
      title: t('workspace.revokeInvite'),
      detail: t('workspace.revokeInviteDetail'),
      action: t('workspace.revoke'),
    }
    if (!(await confirm(question))) return
    await acting(
      () => api.delete('/api/invites/{invite}', { params: { path: { invite } } }),
      INVITES,
      t('workspace.removed'),
    )
  }
  return (
    <div style={{ padding: '0 16px 16px' }}>
      <Table
        size="small"
        rowKey="id"
        dataSource={invites}
        pagination={false}
        columns={[
          { title: t('workspace.created'), render: (_, each) => formatTime(each.created_at) },
          { title: t('workspace.expires'), render: (_, each) => formatTime(each.expires_at) },
          { title: t('workspace.uses'), dataIndex: 'uses', align: 'right' },
          {
            width: 96,
            align: 'right',
            render: (_, each) => (
              <Button size="small" onClick={() => revoke(each.id)}>
                {t('workspace.revoke')}
              </Button>
            ),
          },
        ]}
      />
    </div>
  )
}

/** A trial invites nobody; it can be kept. */
function KeepFirst({ workspace }: { workspace: string }) {
  const t = useT()
  const [keeping, setKeeping] = useState(false)
  const keep = (
    <Button type="primary" onClick={() => setKeeping(true)}>
      {t('workspace.keepTitle')}
    </Button>
  )
  return (
    <>
      <PageHeader title={t('workspace.invites')} />
      <EmptyState title={t('workspace.inviteTrialTitle')} hint={t('workspace.inviteTrialHint')} action={keep} />
      <KeepDialog open={keeping} workspace={workspace} onClose={() => setKeeping(false)} />
    </>
  )
}

/** Open invitations, and a new one. */
export function Invites() {
  const { data: session } = useSession()
  const workspace = session?.workspace
  return workspace?.trial_until ? <KeepFirst workspace={workspace.name} /> : <InviteList />
}

function InviteList() {
  const t = useT()
  const asked = useApi(INVITES)
  const [draft, setDraft] = useState<Asked | null>(null)
  const [link, setLink] = useState('')
  const make = async (body: Asked) => {
    const made = await api.post(INVITES, { body })
    await renew(INVITES)
    setLink(new URL(made.link, window.location.origin).href)
  }
  const open = (
    <Button type="primary" icon={<Plus size={16} />} onClick={() => setDraft({ departments: [], roles: [], days: 7 })}>
      {t('workspace.addInvite')}
    </Button>
  )
  return (
    <>
      <PageHeader title={t('workspace.invites')}>{asked.data?.length ? open : null}</PageHeader>
      <Loaded
        asked={asked}
        rows={3}
        empty={
          <EmptyState title={t('workspace.inviteEmptyTitle')} hint={t('workspace.inviteEmptyHint')} action={open} />
        }
      >
        {(invites) => <InviteTable invites={invites} />}
      </Loaded>
      <EditDialog
        title={t('workspace.addInvite')}
        start={draft}
        action={t('workspace.addInvite')}
        onSave={make}
        onClose={() => setDraft(null)}
      >
        <Form.Item name="days" label={t('workspace.inviteDays')}>
          <Select options={DAYS.map((days) => ({ value: days, label: t('workspace.inviteDaysValue', { days }) }))} />
        </Form.Item>
        <Form.Item name="departments" label={t('workspace.inviteDepartments')}>
          <DepartmentsSelect />
        </Form.Item>
        <Form.Item name="roles" label={t('workspace.inviteRoles')}>
          <RolesSelect />
        </Form.Item>
      </EditDialog>
      <Secret title={t('workspace.invites')} note={t('workspace.inviteOnce')} text={link} onClose={() => setLink('')} />
    </>
  )
}
