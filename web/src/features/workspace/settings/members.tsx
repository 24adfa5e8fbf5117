/** The people of the workspace 成员. */
import { Button, Checkbox, Dropdown, Form, Input, Table, type TableColumnsType } from 'antd'
import { Ellipsis, Plus } from 'lucide-react'
import { useState } from 'react'
import { api } from '@/api/client'
import { type Directory, type Member, useDirectory } from '@/api/directory'
import { renew } from '@/api/query'
import { useT } from '@/i18n/i18n'
import { useIsPhone } from '@/lib/use-is-phone'
import { HandOver, openTasksOf } from '@/nodes/running/hand-over'
import { Avatar } from '@/ui/avatar'
import { confirm } from '@/ui/confirm'
import { IconButton } from '@/ui/icon-button'
import { Loaded } from '@/ui/loaded'
import { PageHeader } from '@/ui/page-header'
import { Tag } from '@/ui/tag'
import { toast } from '@/ui/toast'
import { EditDialog, useNameRule } from '../edit-dialog'
import css from '../workspace.module.css'
import { acting } from './acting'
import { DepartmentsSelect, RolesSelect } from './choosers'
import { Secret } from './secret'

const DIRECTORY = '/api/directory'

type MemberValues = Pick<Member, 'name' | 'title' | 'departments' | 'roles' | 'admin'> & { id?: string }

function MemberDialog({ member, onClose }: { member: MemberValues | null; onClose: () => void }) {
  const t = useT()
  const rule = useNameRule()
  const id = member?.id
  const save = async (body: MemberValues) => {
    if (id) await api.patch('/api/members/{member}', { params: { path: { member: id } }, body })
    else await api.post('/api/members', { body })
    await renew(DIRECTORY)
  }
  return (
    <EditDialog
      title={t(id ? 'workspace.editMember' : 'workspace.addMember')}
      start={member}
      onSave={save}
      onClose={onClose}
    >
      <Form.Item name="name" label={t('workspace.memberName')} rules={[rule]}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="title" label={t('workspace.title')}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="departments" label={t('workspace.departments')}>
        <DepartmentsSelect />
      </Form.Item>
      <Form.Item name="roles" label={t('workspace.roles')}>
        <RolesSelect />
      </Form.Item>
      <Form.Item name="admin" valuePropName="checked">
        <Checkbox>{t('workspace.admin')}</Checkbox>
      </Form.Item>
    </EditDialog>
  )
}

/** Who is disabled may have work to hand over first. */
function useEnabling() {
  const t = useT()
  const [leaving, setLeaving] = useState<{ member: Member; count: number } | null>(null)
  const turn = async ({ id, enabled }: Member) => {
    await acting(
      () => api.patch('/api/members/{member}', { params: { path: { member: id } }, body: { enabled: !enabled } }),
      DIRECTORY,
      t('workspace.saved'),
    )
  }
  const ask = async (member: Member) => {
    const { id, name, enabled } = member
    const question = {
      title: t('workspace.disableTitle', { name }),
      detail: t('workspace.disableDetail'),
      action: t('workspace.disable'),
    }
    const count = enabled ? await openTasksOf(id).catch(() => 0) : 0
    if (count > 0) return setLeaving({ member, count })
    if (enabled && !(await confirm(question))) return
    await turn(member)
  }
  const dialog = leaving ? (
    <HandOver {...leaving} onDone={() => turn(leaving.member)} onClose={() => setLeaving(null)} />
  ) : null
  return { ask, dialog }
}

/** A link by which a member sets a new password; `Secret` shows it once. */
function useReset() {
  const [shown, setShown] = useState({ name: '', link: '' })
  const offer = async ({ id, name }: Member) => {
    try {
      const made = await api.post('/api/members/{member}/reset', { params: { path: { member: id } } })
      setShown({ name, link: new URL(made.link, window.location.origin).href })
    } catch (problem) {
      toast.error(problem)
    }
  }
  return { shown, offer, hide: () => setShown({ name: '', link: '' }) }
}

function Words({ ids, all }: { ids: string[]; all: { id: string; name: string }[] }) {
  const names = all.filter(({ id }) => ids.includes(id))
  return (
    <span className={css.tags}>
      {names.map(({ id, name }) => (
        <Tag key={id}>{name}</Tag>
      ))}
    </span>
  )
}

function Status({ member }: { member: Member }) {
  const t = useT()
  if (!member.enabled) return <Tag hue="red">{t('workspace.disabled')}</Tag>
  return (
    <Tag hue={member.joined ? 'green' : 'grey'}>{t(member.joined ? 'workspace.joined' : 'workspace.notJoined')}</Tag>
  )
}

interface Deeds {
  onEnable: (member: Member) => void
  onEdit: (member: Member) => void
  onReset: (member: Member) => void
}

function useColumns(directory: Directory, { onEdit, onReset, onEnable }: Deeds): TableColumnsType<Member> {
  const t = useT()
  const phone = useIsPhone()
  const person = (_: unknown, each: Member) => (
    <span style={{ display: 'flex', alignItems: 'center', gap: 10 }} className={each.enabled ? '' : css.off}>
      <Avatar name={each.name} seed={each.id} size={28} />
      <span>
        <div>
          {each.name} {each.admin ? <Tag hue="teal">{t('workspace.admin')}</Tag> : null}
        </div>
        <div className={css.memberNote}>{[each.title, each.email].filter(Boolean).join(' · ')}</div>
      </span>
    </span>
  )
  const actions = (_: unknown, each: Member) => (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'edit', label: t('ui.edit'), onClick: () => onEdit(each) },
          ...(each.joined ? [{ key: 'reset', label: t('workspace.resetLink'), onClick: () => onReset(each) }] : []),
          {
            key: 'enable',
            danger: each.enabled,
            label: t(each.enabled ? 'workspace.disable' : 'workspace.enable'),
            onClick: () => onEnable(each),
          },
        ],
      }}
    >
      <IconButton icon={Ellipsis} label={t('ui.more')} />
    </Dropdown>
  )
  const wide: TableColumnsType<Member> = [
    {
      title: t('workspace.departments'),
      render: (_, each) => <Words ids={each.departments} all={directory.departments} />,
    },
    { title: t('workspace.roles'), render: (_, each) => <Words ids={each.roles} all={directory.roles} /> },
  ]
  return [
    { title: t('workspace.memberName'), render: person },
    ...(phone ? [] : wide),
    { title: t('workspace.status'), width: 96, render: (_, each) => <Status member={each} /> },
    { width: 52, render: actions },
  ]
}

function MemberTable({ directory, onEdit }: { directory: Directory; onEdit: (member: Member) => void }) {
  const t = useT()
  const [text, setText] = useState('')
  const { shown, offer, hide } = useReset()
  const { ask, dialog } = useEnabling()
  const columns = useColumns(directory, { onEdit, onReset: offer, onEnable: (member) => void ask(member) })
  const found = directory.members.filter(({ name, title }) =>
    `${name} ${title}`.toLowerCase().includes(text.trim().toLowerCase()),
  )
  return (
    <div className={css.panelBody}>
      <Input.Search
        allowClear
        style={{ maxWidth: 280, marginBottom: 8 }}
        placeholder={t('workspace.searchMembers')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Table
        size="small"
        rowKey="id"
        columns={columns}
        dataSource={found}
        pagination={found.length > 50 ? { pageSize: 50 } : false}
      />
      <Secret
        title={t('workspace.resetLink')}
        note={t('workspace.resetOnce', { name: shown.name })}
        text={shown.link}
        onClose={hide}
      />
      {dialog}
    </div>
  )
}

/** Everybody, with departments and roles. */
export function Members() {
  const t = useT()
  const asked = useDirectory()
  const { data } = asked
  const [editing, setEditing] = useState<MemberValues | null>(null)
  const blank: MemberValues = { name: '', title: '', departments: [], roles: [], admin: false }
  return (
    <>
      <PageHeader
        title={t('workspace.members')}
        note={data ? t('workspace.membersNote', { count: data.members.length }) : ''}
      >
        <Button type="primary" icon={<Plus size={16} />} onClick={() => setEditing(blank)}>
          {t('workspace.addMember')}
        </Button>
      </PageHeader>
      <Loaded asked={asked}>{(directory) => <MemberTable directory={directory} onEdit={setEditing} />}</Loaded>
      <MemberDialog member={editing} onClose={() => setEditing(null)} />
    </>
  )
}
