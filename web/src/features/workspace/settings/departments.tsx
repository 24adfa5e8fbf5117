/** The tree of departments 部门, with heads. */
import { Button, Form, Input, Select, Table, type TableColumnsType } from 'antd'
import { Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { api } from '@/api/client'
import { type Department, type Directory, useDirectory } from '@/api/directory'
import { renew } from '@/api/query'
import { useT } from '@/i18n/i18n'
import { listed } from '@/lib/format'
import { useIsPhone } from '@/lib/use-is-phone'
import { confirm } from '@/ui/confirm'
import { IconButton } from '@/ui/icon-button'
import { Loaded } from '@/ui/loaded'
import { PageHeader } from '@/ui/page-header'
import { EditDialog, useNameRule } from '../edit-dialog'
import { acting } from './acting'
import { MembersSelect } from './choosers'
import { type Branch, below, treeOf } from './tree'

const DIRECTORY = '/api/directory'

type DepartmentValues = Partial<Department>

function DepartmentDialog({
  start,
  all,
  onClose,
}: {
  start: DepartmentValues | null
  all: Department[]
  onClose: () => void
}) {
  const t = useT()
  const rule = useNameRule()
  const id = start?.id
  const save = async (body: DepartmentValues) => {
    if (id) await api.patch('/api/departments/{department}', { params: { path: { department: id } }, body })
    else await api.post('/api/departments', { body })
    await renew(DIRECTORY)
  }
  const banned = id ? below(all, id) : new Set<string>()
  const parents = all.filter((each) => !banned.has(each.id)).map((each) => ({ value: each.id, label: each.name }))
  return (
    <EditDialog
      title={t(id ? 'workspace.editDepartment' : 'workspace.addDepartment')}
      start={start}
      onSave={save}
      onClose={onClose}
    >
      <Form.Item name="name" label={t('workspace.departmentName')} rules={[rule]}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="parent" label={t('workspace.parent')}>
        <Select options={[{ value: '', label: t('workspace.noParent') }, ...parents]} />
      </Form.Item>
      <Form.Item name="heads" label={t('workspace.heads')}>
        <MembersSelect />
      </Form.Item>
    </EditDialog>
  )
}

/** On a phone the heads stand below the name. */
function Named({ name, note }: { name: string; note: string }) {
  return (
    <span style={{ display: 'inline-grid', maxWidth: 'calc(100% - 48px)', verticalAlign: 'middle' }}>
      {name}
      <small style={{ color: 'var(--text-quiet)' }}>{note}</small>
    </span>
  )
}

function useColumns(directory: Directory, onEdit: (department: Department) => void): TableColumnsType<Branch> {
  const t = useT()
  const phone = useIsPhone()
  const remove = async ({ id, name }: Department) => {
    const question = {
      title: t('workspace.removeDepartment', { name }),
      detail: t('workspace.removeDepartmentDetail'),
      action: t('ui.delete'),
    }
    if (!(await confirm(question))) return
    const params = { path: { department: id } }
    await acting(() => api.delete('/api/departments/{department}', { params }), DIRECTORY, t('workspace.removed'))
  }
  const nameOf = (id: string) => directory.members.find((each) => each.id === id)?.name ?? ''
  const headsOf = ({ heads }: Department) => listed(heads.map(nameOf))
  return [
    {
      title: t('workspace.departmentName'),
      render: (_, each) => (phone ? <Named name={each.name} note={headsOf(each)} /> : each.name),
    },
    ...(phone ? [] : [{ title: t('workspace.heads'), render: (_: unknown, each: Branch) => headsOf(each) }]),
    {
      title: t('workspace.people'),
      align: 'right',
      width: 88,
      render: (_, { id }) => directory.members.filter((each) => each.departments.includes(id)).length,
    },
    {
      width: 88,
      align: 'right',
      render: (_, each) => (
        <>
          <IconButton icon={Pencil} label={t('ui.edit')} size="small" onClick={() => onEdit(each)} />
          <IconButton icon={Trash2} label={t('ui.delete')} size="small" onClick={() => remove(each)} />
        </>
      ),
    },
  ]
}

function DepartmentTable({ directory, onEdit }: { directory: Directory; onEdit: (department: Department) => void }) {
  const columns = useColumns(directory, onEdit)
  const tree = treeOf(directory.departments)
  return (
    <div style={{ padding: '0 16px 16px' }}>
      <Table
        size="small"
        rowKey="id"
        columns={columns}
        dataSource={tree}
        pagination={false}
        expandable={{ defaultExpandAllRows: true }}
      />
    </div>
  )
}

/** The tree, and a button. */
export function Departments() {
  const t = useT()
  const asked = useDirectory()
  const { data } = asked
  const [editing, setEditing] = useState<DepartmentValues | null>(null)
  const edit = ({ id, name, parent, heads }: Department) => setEditing({ id, name, parent, heads })
  return (
    <>
      <PageHeader title={t('workspace.departments')}>
        <Button
          type="primary"
          icon={<Plus size={16} />}
          onClick={() => setEditing({ name: '', parent: '', heads: [] })}
        >
          {t('workspace.addDepartment')}
        </Button>
      </PageHeader>
      <Loaded asked={asked}>{(directory) => <DepartmentTable directory={directory} onEdit={edit} />}</Loaded>
      <DepartmentDialog start={editing} all={data?.departments ?? []} onClose={() => setEditing(null)} />
    </>
  )
}
