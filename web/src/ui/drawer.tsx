/** What opens beside the page 抽屉: two thirds from the right, the whole screen on a phone. */
import { Drawer as AntdDrawer } from 'antd'
import { Maximize2, Minimize2, X } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { useT } from '@/i18n/i18n'
import { useIsPhone } from '@/lib/use-is-phone'
import { IconButton } from './icon-button'
import parts from './parts.module.css'

interface DrawerProps {
  open: boolean
  onClose: () => void
  title: ReactNode
  /** Icon buttons in the head, before full screen and close. */
  actions?: ReactNode
  footer?: ReactNode
  children: ReactNode
  /** CSS width on a desktop. */
  width?: string | number
  /** Offer full screen. */
  expandable?: boolean
}

/** Head, a body that scrolls, and a foot that stays. Esc closes it. */
export function Drawer({ open, onClose, title, actions, footer, children, width, expandable = true }: DrawerProps) {
  const t = useT()
  const phone = useIsPhone()
  const [full, setFull] = useState(false)
  const name = useId()
  const size = phone || full ? '100vw' : (width ?? 'min(max(62vw, 720px), 96vw)')
  return (
    <AntdDrawer
      open={open}
      onClose={onClose}
      placement="right"
      aria-labelledby={name}
      closable={false}
      destroyOnHidden
      size={size as never}
      styles={{ body: { padding: 0, display: 'flex', flexDirection: 'column' } }}
    >
      <div className={parts.drawerHead}>
        <h2 className={parts.drawerTitle} id={name}>
          {title}
        </h2>
        {actions}
        {expandable && !phone ? (
          <IconButton
            icon={full ? Minimize2 : Maximize2}
            label={t(full ? 'ui.leaveFullScreen' : 'ui.fullScreen')}
            onClick={() => setFull(!full)}
          />
        ) : null}
        <IconButton icon={X} label={t('ui.close')} onClick={onClose} />
      </div>
      <div className={parts.drawerBody}>{children}</div>
      {footer ? <div className={parts.drawerFoot}>{footer}</div> : null}
    </AntdDrawer>
  )
}
