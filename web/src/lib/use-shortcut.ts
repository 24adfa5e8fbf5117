/** Keys that do things 快捷键: `mod+s`, `alt+up`, `j`; letters alone are not heard while somebody types. */
import { useEffect, useRef } from 'react'

const NAMES: Record<string, string> = {
  up: 'arrowup',
  down: 'arrowdown',
  left: 'arrowleft',
  right: 'arrowright',
  esc: 'escape',
  space: ' ',
  del: 'delete',
}

interface Chord {
  key: string
  mod: boolean
  shift: boolean
  alt: boolean
}

/** `mod+shift+z` in parts. */
export function chordOf(text: string): Chord {
  const parts = text.toLowerCase().split('+')
  const last = parts.at(-1) ?? ''
  return {
    key: NAMES[last] ?? last,
    mod: parts.includes('mod'),
    shift: parts.includes('shift'),
    alt: parts.includes('alt'),
  }
}

/** Whether `event` is the chord; `mod` is Ctrl or ⌘. */
export function hits(chord: Chord, event: KeyboardEvent): boolean {
  const shiftMatters = chord.key.length > 1 || /[a-z]/.test(chord.key)
  return (
    event.key?.toLowerCase() === chord.key &&
    chord.mod === (event.ctrlKey || event.metaKey) &&
    chord.alt === event.altKey &&
    (!shiftMatters || chord.shift === event.shiftKey)
  )
}

function isTyping(target: EventTarget | null): boolean {
  const element = target as HTMLElement | null
  return element?.closest?.('input, textarea, select, [contenteditable="true"]') != null
}

export type Shortcuts = Record<string, (event: KeyboardEvent) => void>

/** `useShortcuts({ 'mod+s': save, j: next })`. A chord with mod is heard everywhere; a bare key not while typing. */
export function useShortcuts(shortcuts: Shortcuts, active = true): void {
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  useEffect(() => {
    if (!active) return
    const hear = (event: KeyboardEvent) => {
      if (event.isComposing) return
      for (const [text, act] of Object.entries(latest.current)) {
        const chord = chordOf(text)
        if (!hits(chord, event) || (!chord.mod && chord.key !== 'escape' && isTyping(event.target))) continue
        event.preventDefault()
        act(event)
        return
      }
    }
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  }, [active])
}
