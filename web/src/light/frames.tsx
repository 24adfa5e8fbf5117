/** What opens over a fill page, and what stands around its parts 轻弹层. */
import { X } from 'lucide-react'
import { type CSSProperties, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useT } from '@/i18n/i18n'
import { Button } from './button'
import css from './light.module.css'

/** Themes are the page's own. */
export function ConfigProvider({ children }: { children?: ReactNode }) {
  return children
}

/** What it says is the name of what it is about already. */
export function Tooltip({ children }: { children?: ReactNode; title?: ReactNode }) {
  return children
}

interface ModalProps {
  open?: boolean
  title?: ReactNode
  footer?: ReactNode
  okText?: ReactNode
  cancelText?: ReactNode
  okButtonProps?: { disabled?: boolean; danger?: boolean; loading?: boolean }
  confirmLoading?: boolean
  onOk?: () => void
  onCancel?: () => void
  width?: number | string
  children?: ReactNode
}

/** A dialog of the browser: it keeps the focus, and Esc closes it. */
export function Modal(props: ModalProps) {
  return props.open ? <Opened {...props} /> : null
}

function Opened(props: ModalProps) {
  const { title, footer, okText, cancelText, okButtonProps, confirmLoading, onOk, onCancel, width, children } = props
  const t = useT()
  const own = useRef<HTMLDialogElement>(null)
  const name = useId()
  useEffect(() => {
    const dialog = own.current
    if (dialog?.showModal) dialog.showModal()
    else dialog?.setAttribute('open', '')
    return () => dialog?.close?.()
  }, [])
  const close = (event: { preventDefault: () => void }) => {
    event.preventDefault()
    onCancel?.()
  }
  return (
    <dialog ref={own} className={css.modal} style={{ width }} aria-labelledby={name} onCancel={close}>
      <header className={css.modalHead}>
        <h2 id={name}>{title}</h2>
        <Button type="text" icon={<X size={16} aria-hidden />} aria-label={t('ui.close')} onClick={onCancel} />
      </header>
      <div className={css.modalBody}>{children}</div>
      {footer === null ? null : (
        <footer className={css.modalFoot}>
          <Button onClick={onCancel}>{cancelText ?? t('ui.cancel')}</Button>
          <Button type="primary" {...okButtonProps} loading={confirmLoading} onClick={onOk}>
            {okText ?? t('ui.confirm')}
          </Button>
        </footer>
      )}
    </dialog>
  )
}

interface DrawerProps {
  open?: boolean
  onClose?: () => void
  title?: ReactNode
  children?: ReactNode
}

/** From the side on a large screen; here a dialog. */
export function Drawer({ open, onClose, title, children }: DrawerProps) {
  return (
    <Modal open={open} title={title} footer={null} onCancel={onClose}>
      {children}
    </Modal>
  )
}

interface PopoverProps {
  open?: boolean
  onOpenChange?: (open: boolean) => void
  content?: ReactNode
  children?: ReactNode
}

/** Opened by a click on what it belongs to; closed by a click elsewhere, or Esc. */
export function Popover({ open, onOpenChange, content, children }: PopoverProps) {
  const own = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    if (!open) return
    const away = (event: Event) => own.current?.contains(event.target as Node) || onOpenChange?.(false)
    const shut = (event: KeyboardEvent) => event.key === 'Escape' && onOpenChange?.(false)
    document.addEventListener('pointerdown', away)
    document.addEventListener('keydown', shut)
    return () => {
      document.removeEventListener('pointerdown', away)
      document.removeEventListener('keydown', shut)
    }
  }, [open, onOpenChange])
  return (
    <span ref={own} className={css.popover}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button inside hears keys, and its click comes here */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the button inside hears keys */}
      <span onClick={() => onOpenChange?.(!open)}>{children}</span>
      {open ? <div className={css.popup}>{content}</div> : null}
    </span>
  )
}

interface Item {
  key: string
  label?: ReactNode
  icon?: ReactNode
  onClick?: () => void
}

/** A list of deeds under a button. */
export function Dropdown({ menu, children }: { menu: { items?: Item[] }; children?: ReactNode }) {
  const [open, setOpen] = useState(false)
  const content = (
    <div role="menu" className={css.options}>
      {(menu.items ?? []).map(({ key, label, icon, onClick }) => (
        <button
          key={key}
          type="button"
          role="menuitem"
          className={css.option}
          onClick={() => {
            setOpen(false)
            onClick?.()
          }}
        >
          {icon} {label}
        </button>
      ))}
    </div>
  )
  return (
    <Popover open={open} onOpenChange={setOpen} content={content}>
      {children}
    </Popover>
  )
}

interface TabsProps {
  items?: { key: string; label: ReactNode; children?: ReactNode }[]
  activeKey?: string
  onChange?: (key: string) => void
  className?: string
}

/** A row of tabs and what stands behind the chosen one. */
export function Tabs({ items = [], activeKey, onChange, className = '' }: TabsProps) {
  const name = useId()
  const chosen = items.find(({ key }) => key === activeKey) ?? items[0]
  return (
    <div className={className}>
      <div role="tablist" className={css.tabs}>
        {items.map(({ key, label }) => (
          <button
            key={key}
            type="button"
            role="tab"
            id={`${name}-${key}`}
            aria-selected={key === chosen?.key}
            aria-controls={`${name}-panel`}
            onClick={() => onChange?.(key)}
          >
            {label}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${name}-panel`} aria-labelledby={`${name}-${chosen?.key}`}>
        {chosen?.children}
      </div>
    </div>
  )
}

interface PictureProps {
  src?: string
  alt?: string
  width?: number
  height?: number
  loading?: 'lazy' | 'eager'
  preview?: unknown
  style?: CSSProperties
}

/** A picture; it opens large beside the page. */
function Picture({ src, alt, width, height, loading }: PictureProps) {
  return (
    <a href={src} target="_blank" rel="noopener noreferrer">
      <img alt={alt ?? ''} {...{ src, width, height, loading }} style={{ objectFit: 'cover' }} />
    </a>
  )
}

export const Image = Object.assign(Picture, {
  PreviewGroup: ({ children }: { children?: ReactNode }) => children,
})
