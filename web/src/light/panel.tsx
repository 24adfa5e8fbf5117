/** A list that opens under a box on a desktop and from the foot of a phone 轻选单. */
import { X } from 'lucide-react'
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { useT } from '@/i18n/i18n'
import css from './light.module.css'

interface PanelProps {
  anchor: HTMLElement | null
  label: string
  onClose: () => void
  /** A box to search in, when there is much. */
  search?: { text: string; onSearch: (text: string) => void }
  /** A button at the foot: many may be chosen. */
  many?: boolean
  onKey?: (key: string) => boolean
  children: ReactNode
}

const LEAST = 260
const TALLEST = 340

function placeUnder(anchor: HTMLElement) {
  const box = anchor.getBoundingClientRect()
  const width = Math.max(box.width, LEAST)
  const left = Math.max(8, Math.min(box.left, window.innerWidth - width - 8))
  const up = window.innerHeight - box.bottom < TALLEST && box.top > TALLEST
  return { left, width, ...(up ? { bottom: window.innerHeight - box.top + 4 } : { top: box.bottom + 4 }) }
}

/** Takes the focus, gives it back, closes on Esc and on a click elsewhere. */
export function Panel({ anchor, label, onClose, search, many, onKey, children }: PanelProps) {
  const t = useT()
  const own = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState({})
  const latest = useRef(onClose)
  latest.current = onClose
  useLayoutEffect(() => {
    if (!anchor) return
    const put = () => setPlace(placeUnder(anchor))
    put()
    window.addEventListener('resize', put)
    window.addEventListener('scroll', put, true)
    return () => {
      window.removeEventListener('resize', put)
      window.removeEventListener('scroll', put, true)
    }
  }, [anchor])
  useEffect(() => {
    const first = own.current?.querySelector<HTMLElement>('input, [role="listbox"]')
    first?.focus({ preventScroll: true })
    const away = (event: Event) => {
      const to = event.target as Node
      if (!own.current?.contains(to) && !anchor?.contains(to)) latest.current()
    }
    document.addEventListener('pointerdown', away)
    return () => document.removeEventListener('pointerdown', away)
  }, [anchor])
  return createPortal(
    <>
      <div className={css.scrim} aria-hidden />
      <div
        ref={own}
        role="dialog"
        aria-label={label}
        className={css.panel}
        style={place}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          event.stopPropagation()
          if (event.key === 'Escape' || event.key === 'Tab') {
            event.preventDefault()
            onClose()
            anchor?.focus()
          } else if (onKey?.(event.key)) event.preventDefault()
        }}
      >
        <div className={css.panelHead}>
          <strong>{label}</strong>
          <button type="button" className={css.clear} aria-label={t('ui.close')} onClick={onClose}>
            <X size={18} aria-hidden />
          </button>
        </div>
        {search ? (
          <input
            className={css.box}
            value={search.text}
            placeholder={t('ui.search')}
            aria-label={t('ui.search')}
            autoComplete="off"
            onChange={({ target }) => search.onSearch(target.value)}
          />
        ) : null}
        {children}
        {many ? (
          <button type="button" className={css.panelDone} onClick={onClose}>
            {t('ui.confirm')}
          </button>
        ) : null}
      </div>
    </>,
    document.body,
  )
}
