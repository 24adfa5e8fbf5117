/** Named sets of members 角色. */
import { Button, Form, Input, Table } from 'antd'
import { Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { api } from '@/api/client'
import { type Role, useDirectory } from '@/api/directory'
import { renew } from '@/api/query'
import { useT } from '@/i18n/i18n'
import { listed } from '@/lib/format'
import { confirm } from '@/ui/confirm'
import { IconButton } from '@/ui/icon-button'
import { Loaded } from '@/ui/loaded'
import { PageHeader } from '@/ui/page-header'
import { EditDialog, useNameRule } from '../edit-dialog'
import { acting } from './acting'

const DIRECTORY = '/api/directory'

/** Roles, who holds them, and a button. */
export function Roles() {
  const t = useT()
  const rule = useNameRule()
  const asked = useDirectory()
  const { data } = asked
  const [editing, setEditing] = useState<Partial<Role> | null>(null)
  const save = async ({ name = '' }: Partial<Role>) => {
    const id = editing?.id
    if (id) await api.patch('/api/roles/{role}', { params: { path: { role: id } }, body: { name } })
    else await api.post('/api/roles', { body: { name } })
    await renew(DIRECTORY)
  }
  const remove = async ({ id, name }: Role) => {
    const question = {
      title: t('workspace.removeRole', { name }),
      detail: t('workspace.removeRoleDetail'),
      action: t('ui.delete'),
    }
    if (!(await confirm(question))) return
    await acting(
      () => api.delete('/api/roles/{role}', { params: { path: { role: id } } }),
      DIRECTORY,
      t('workspace.removed'),
    )
  }
  const holders = ({ id }: Role) => (data?.members ?? []).filter(({ roles }) => roles.includes(id))
  return (
    <>
      <PageHeader title={t('workspace.roles')}>
        <Button type="primary" icon={<Plus size={16} />} onClick={() => setEditing({ name: '' })}>
          {t('workspace.addRole')}
        </Button>
      </PageHeader>
      <Loaded asked={asked}>
        {({ roles }) => (
          <div style={{ padding: '0 16px 16px' }}>
            <Table
              size="small"
              rowKey="id"
              dataSource={roles}
              pagination={false}
              columns={[
                { title: t('workspace.roleName'), dataIndex: 'name', width: '32%' },
                {
                  title: t('workspace.rolePeople'),
                  render: (_, role) => listed(holders(role).map(({ name }) => name)) || t('workspace.none'),
                },
                {
                  width: 88,
                  align: 'right',
                  render: (_, role) => (
                    <>
                      <IconButton
                        icon={Pencil}
                        label={t('ui.edit')}
                        size="small"
                        onClick={() => setEditing({ id: role.id, name: role.name })}
                      />
                      <IconButton icon={Trash2} label={t('ui.delete')} size="small" onClick={() => remove(role)} />
                    </>
                  ),
                },
              ]}
            />
          </div>
        )}
      </Loaded>
      <EditDialog
        title={t(editing?.id ? 'workspace.renameRole' : 'workspace.addRole')}
        start={editing}
        onSave={save}
        onClose={() => setEditing(null)}
      >
        <Form.Item name="name" label={t('workspace.roleName')} rules={[rule]}>
          <Input maxLength={60} />
        </Form.Item>
      </EditDialog>
    </>
  )
}
