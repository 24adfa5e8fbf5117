/** The right edge of a column's head 列宽拖动: drag it, or move it with the arrow keys; a double click undoes it. */
import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { useT } from '@/i18n/i18n'
import css from './records.module.css'
import { NARROWEST, WIDEST } from './use-widths'

const STEP = 16

interface EdgeProps {
  name: string
  onResize: (width: number | null) => void
}

const headOf = (edge: Element) => edge.parentElement?.getBoundingClientRect().width ?? 0

/** A thin line to take hold of. */
export function ColumnEdge({ name, onResize }: EdgeProps) {
  const t = useT()
  const from = useRef<{ x: number; width: number } | null>(null)
  const begin = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return
    event.preventDefault()
    event.currentTarget.setPointerCapture(event.pointerId)
    from.current = { x: event.clientX, width: headOf(event.currentTarget) }
  }
  const move = (event: PointerEvent<HTMLElement>) => {
    if (from.current) onResize(from.current.width + event.clientX - from.current.x)
  }
  const end = () => {
    from.current = null
  }
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const by = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key]
    if (by !== undefined) onResize(headOf(event.currentTarget) + by)
    else if (event.key === 'Delete' || event.key === 'Backspace') onResize(null)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator with a place is a thing to move, not a rule between texts
    <div
      role="separator"
      tabIndex={0}
      className={css.edge}
      aria-orientation="vertical"
      aria-valuemin={NARROWEST}
      aria-valuemax={WIDEST}
      aria-valuenow={NARROWEST}
      aria-label={t('records.columnWidth', { name })}
      title={t('records.columnWidthHint')}
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
      onDoubleClick={() => onResize(null)}
      onKeyDown={press}
    />
  )
}
