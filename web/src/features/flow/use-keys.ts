/** Keys of the workflow designer 流程设计器快捷键. */
import { useEffect, useRef } from 'react'

interface Keys {
  publish: () => void
  undo: () => void
  redo: () => void
  remove: () => void
  clear: () => void
}

function typing(target: EventTarget | null): boolean {
  return (target as HTMLElement | null)?.closest?.('input, textarea, select, .ant-modal, .ant-drawer') != null
}

/** Undo, redo and publish everywhere; delete and Esc while nobody types. */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const { publish, undo, redo, remove, clear } = latest.current
      const mod = event.ctrlKey || event.metaKey ? 'mod+' : ''
      const chord = `${mod}${event.shiftKey ? 'shift+' : ''}${event.key.toLowerCase()}`
      const anywhere: Record<string, () => void> = {
        'mod+s': publish,
        'mod+z': undo,
        'mod+shift+z': redo,
        'mod+y': redo,
      }
      const outside: Record<string, () => void> = { delete: remove, backspace: remove, escape: clear }
      const act = anywhere[chord] ?? (typing(event.target) ? undefined : outside[chord])
      if (act === undefined || event.isComposing) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  }, [])
}
