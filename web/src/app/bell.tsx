/** How many messages are unread, and the way to them 消息铃. */
import { Badge, Button, Popover, Tooltip } from 'antd'
import { Bell as BellIcon } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useEvent } from '@/api/events'
import { renew, useApi } from '@/api/query'
import { need, useT } from '@/i18n/i18n'
import { useIsPhone } from '@/lib/use-is-phone'
import { Drawer } from '@/ui/drawer'
import { RowBones } from '@/ui/skeletons'

const Centre = lazy(() =>
  Promise.all([import('@/features/notices/centre'), need('notices')]).then(([module]) => module),
)

/** A bell with a number; a card below it on a desk, the whole screen in the hand. */
export function Bell() {
  const t = useT()
  const phone = useIsPhone()
  const [open, setOpen] = useState(false)
  const { data } = useApi('/api/notices/count')
  useEvent('notices', () => renew('/api/notices'))
  const close = () => setOpen(false)
  const count = data?.unread ?? 0
  const label = count > 0 ? t('app.messagesUnread', { count: count > 99 ? '99+' : count }) : t('app.messages')
  const bell = (
    <Badge count={count} overflowCount={99} size="small" offset={[-6, 6]}>
      <Tooltip title={label} mouseEnterDelay={0.4} {...(open ? { open: false } : {})}>
        <Button
          type="text"
          icon={<BellIcon size={16} aria-hidden />}
          aria-label={label}
          data-testid="bell"
          onClick={phone ? () => setOpen(true) : undefined}
        />
      </Tooltip>
    </Badge>
  )
  const centre = (
    <Suspense fallback={<RowBones rows={4} />}>
      <Centre onLeave={close} />
    </Suspense>
  )
  if (phone) {
    return (
      <>
        {bell}
        <Drawer open={open} onClose={close} title={t('app.messages')} expandable={false}>
          {centre}
        </Drawer>
      </>
    )
  }
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      arrow={false}
      destroyOnHidden
      styles={{ container: { padding: 0 } }}
      content={centre}
    >
      {bell}
    </Popover>
  )
}
