/** One's own API tokens API 令牌. */
import { Button, Form, Input, Table } from 'antd'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { api } from '@/api/client'
import { renew, useApi } from '@/api/query'
import type { components } from '@/api/schema'
import { useT } from '@/i18n/i18n'
import { formatAgo, formatTime } from '@/lib/format'
import { confirm } from '@/ui/confirm'
import { EmptyState } from '@/ui/empty-state'
import { Loaded } from '@/ui/loaded'
import { PageHeader } from '@/ui/page-header'
import { EditDialog, useNameRule } from '../edit-dialog'
import { acting } from './acting'
import { Secret } from './secret'

type Token = components['schemas']['TokenOut']

const TOKENS = '/api/tokens'

function TokenTable({ tokens }: { tokens: Token[] }) {
  const t = useT()
  const revoke = async ({ id, name }: Token) => {
    const question = {
      title: t('workspace.revokeToken', { name }),
      detail: t('workspace.revokeTokenDetail'),
      action: t('workspace.revoke'),
    }
    if (!(await confirm(question))) return
    await acting(
      () => api.delete('/api/tokens/{token}', { params: { path: { token: id } } }),
      TOKENS,
      t('workspace.removed'),
    )
  }
  return (
    <div style={{ padding: '0 16px 16px' }}>
      <Table
        size="small"
        rowKey="id"
        dataSource={tokens}
        pagination={false}
        columns={[
          { title: t('workspace.tokenName'), dataIndex: 'name' },
          { title: t('workspace.created'), render: (_, each) => formatTime(each.created_at) },
          {
            title: t('workspace.lastUsed'),
            render: (_, each) => (each.last_used_at ? formatAgo(each.last_used_at) : t('workspace.never')),
          },
          {
            width: 96,
            align: 'right',
            render: (_, each) => (
              <Button size="small" onClick={() => revoke(each)}>
                {t('workspace.revoke')}
              </Button>
            ),
          },
        ]}
      />
    </div>
  )
}

/** Tokens, and a new one. */
export function Tokens() {
  const t = useT()
  const rule = useNameRule()
  const asked = useApi(TOKENS)
  const [naming, setNaming] = useState<{ name: string } | null>(null)
  const [secret, setSecret] = useState('')
  const make = async (body: { name: string }) => {
    const made = await api.post(TOKENS, { body })
    await renew(TOKENS)
    setSecret(made.secret)
  }
  const open = (
    <Button type="primary" icon={<Plus size={16} />} onClick={() => setNaming({ name: '' })}>
      {t('workspace.addToken')}
    </Button>
  )
  return (
    <>
      <PageHeader title={t('workspace.tokens')}>{asked.data?.length ? open : null}</PageHeader>
      <Loaded
        asked={asked}
        rows={3}
        empty={
          <EmptyState
            figure="house"
            title={t('workspace.tokenEmptyTitle')}
            hint={t('workspace.tokenEmptyHint')}
            action={open}
          />
        }
      >
        {(tokens) => <TokenTable tokens={tokens} />}
      </Loaded>
      <EditDialog
        title={t('workspace.addToken')}
        start={naming}
        action={t('workspace.addToken')}
        onSave={make}
        onClose={() => setNaming(null)}
      >
        <Form.Item name="name" label={t('workspace.tokenName')} rules={[rule]}>
          <Input maxLength={60} placeholder={t('workspace.tokenNameHint')} />
        </Form.Item>
      </EditDialog>
      <Secret
        title={t('workspace.addToken')}
        note={t('workspace.tokenOnce')}
        text={secret}
        onClose={() => setSecret('')}
      />
    </>
  )
}
