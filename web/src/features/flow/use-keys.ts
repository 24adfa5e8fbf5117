/** Keys of the workflow designer 流程设计器快捷键. */
import { useEffect, useRef } from 'react'

type Acts = Record<string, (() => void) | undefined>

interface Keys {
  /** Heard wherever the focus is. */
  anywhere: Acts
  /** Heard while nobody types and no dialog is open. */
  outside: Acts
}

function typing(target: EventTarget | null): boolean {
  const place =
    'input, textarea, select, [contenteditable], .ant-modal, .ant-drawer, .ant-dropdown, .ant-select-dropdown'
  return (target as HTMLElement | null)?.closest?.(place) != null
}

/** What was pressed, in one word: mod+shift+z. */
function chordOf(event: KeyboardEvent): string {
  const mod = event.ctrlKey || event.metaKey ? 'mod+' : ''
  return `${mod}${event.altKey ? 'alt+' : ''}${event.shiftKey ? 'shift+' : ''}${event.key.toLowerCase()}`
}

/** Text that a person has marked is copied as text. */
const marked = () => window.getSelection()?.isCollapsed === false

/** Hears keys as long as the designer is open. */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const { anywhere, outside } = latest.current
      const chord = chordOf(event)
      if (chord === 'mod+c' && marked()) return
      const onButton =
        chord === 'enter' && (event.target as HTMLElement | null)?.closest?.('button, a, [role=tab]') != null
      const act = anywhere[chord] ?? (typing(event.target) || onButton ? undefined : outside[chord])
      if (act === undefined || event.isComposing || event.defaultPrevented) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  }, [])
}
