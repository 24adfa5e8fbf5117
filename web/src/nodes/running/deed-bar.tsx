/** The buttons under a running workflow 流程操作栏: only what the server says the asker may do. */
import { Button, Dropdown } from 'antd'
import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { type T, useT } from '@/i18n/i18n'
import { confirm } from '@/ui/confirm'
import { type AdminDeed, AdminDialog } from './admin-dialog'
import type { Deeds, Flow, Place } from './deeds'

interface BarProps {
  place: Place
  flow: Flow
  deeds: Deeds
  size?: 'middle' | 'large'
}

type Sure = 'withdraw' | 'end' | 'take_back'

const question = (name: Sure, t: T) => ({
  title: t(`running.${name}Ask`),
  detail: t(`running.${name}Hint`),
  action: t(`running.${name}`),
})

/** What an administrator may do, by what the server offers. */
function adminDeeds(flow: Flow): (AdminDeed | 'suspend' | 'resume' | 'end')[] {
  const { admin } = flow
  const found: (AdminDeed | 'suspend' | 'resume' | 'end')[] = []
  if (admin?.jump?.length) found.push('jump')
  if (admin && Object.keys(admin.asked ?? {}).length > 0) found.push('reassign')
  if (admin?.reactivate?.length) found.push('reactivate')
  if (admin && !flow.ended_at) found.push(admin.suspended ? 'resume' : 'suspend')
  if (flow.can_end) found.push('end')
  return found
}

/** Withdraw, take back, urge; and for administrators more. */
export function DeedBar({ place, flow, deeds, size = 'middle' }: BarProps) {
  const t = useT()
  const [dialog, setDialog] = useState<AdminDeed | ''>('')
  const surely = async (name: Sure) => {
    if (await confirm(question(name, t))) await deeds.act({ name, task: flow.can_take_back })
  }
  const more = adminDeeds(flow)
  const begin = (name: string) => {
    if (name === 'end') void surely('end')
    else if (name === 'suspend' || name === 'resume') void deeds.act({ name })
    else setDialog(name as AdminDeed)
  }
  return (
    <>
      {flow.can_urge ? (
        <Button size={size} onClick={() => setDialog('urge')}>
          {t('running.urge')}
        </Button>
      ) : null}
      {flow.can_take_back ? (
        <Button size={size} loading={deeds.busy === 'take_back'} onClick={() => void surely('take_back')}>
          {t('running.take_back')}
        </Button>
      ) : null}
      {flow.can_withdraw ? (
        <Button size={size} loading={deeds.busy === 'withdraw'} onClick={() => void surely('withdraw')}>
          {t('running.withdraw')}
        </Button>
      ) : null}
      {more.length > 0 ? (
        <Dropdown
          trigger={['click']}
          menu={{
            items: more.map((name) => ({ key: name, label: t(`running.${name}`), danger: name === 'end' })),
            onClick: ({ key }) => begin(key),
          }}
        >
          <Button size={size}>
            {t('running.admin')} <ChevronDown size={14} aria-hidden />
          </Button>
        </Dropdown>
      ) : null}
      {dialog === '' ? null : <AdminDialog name={dialog} {...{ place, flow, deeds }} onClose={() => setDialog('')} />}
    </>
  )
}
