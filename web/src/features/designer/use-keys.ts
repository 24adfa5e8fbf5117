/** Keys of the form designer 设计器快捷键; while somebody types, the text field hears them first. */
import { useEffect, useRef } from 'react'
import { pathsOf } from './layout'
import type { Designer } from './use-designer'

function typing(target: EventTarget | null): boolean {
  return (
    (target as HTMLElement | null)?.closest?.(
      'input, textarea, select, [contenteditable="true"], .ant-modal, .ant-drawer',
    ) != null
  )
}

function chordOf(event: KeyboardEvent): string {
  const mod = event.ctrlKey || event.metaKey
  return [mod ? 'mod' : '', event.shiftKey ? 'shift' : '', event.altKey ? 'alt' : '', event.key.toLowerCase()]
    .filter(Boolean)
    .join('+')
}

function beside(designer: Designer, direction: -1 | 1): void {
  const last = designer.selection.at(-1) ?? ''
  const rows = last.includes('.') ? `${last.split('.')[0]}.` : ''
  const order = pathsOf(designer.form, rows !== '').filter((path) => rows === '' || path.startsWith(rows))
  const at = order.indexOf(last)
  const next = order[at < 0 ? (direction === 1 ? 0 : order.length - 1) : at + direction]
  if (next !== undefined) designer.select(next)
}

/** Undo, redo, publish; copy, paste, duplicate, delete; choose and move. */
export function useKeys(designer: Designer, publish: () => void): void {
  const latest = useRef({ designer, publish })
  latest.current = { designer, publish }
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.isComposing) return
      const { designer: own, publish: go } = latest.current
      const anywhere: Record<string, () => void> = {
        'mod+s': go,
        'mod+z': own.editor.undo,
        'mod+shift+z': own.editor.redo,
        'mod+y': own.editor.redo,
      }
      const outside: Record<string, () => void> = {
        'mod+c': own.copy,
        'mod+v': own.paste,
        'mod+d': () => own.duplicate(own.selection),
        delete: () => void own.remove(own.selection),
        backspace: () => void own.remove(own.selection),
        arrowup: () => beside(own, -1),
        arrowdown: () => beside(own, 1),
        'alt+arrowup': () => own.step(-1),
        'alt+arrowdown': () => own.step(1),
        escape: own.clear,
      }
      const chord = chordOf(event)
      const busy = document.querySelector('.ant-modal-wrap:not([style*="display: none"])') !== null
      if (busy || (chord === 'mod+c' && String(window.getSelection() ?? '') !== '')) return
      const act = anywhere[chord] ?? (typing(event.target) ? undefined : outside[chord])
      if (act === undefined) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  }, [])
}
