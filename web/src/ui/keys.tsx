/** A chord as people see it on their keyboard 按键: Ctrl K, or ⌘ K on a Mac. */
import parts from './parts.module.css'

const MAC = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent)
const NAMES: Record<string, string> = {
  mod: MAC ? '⌘' : 'Ctrl',
  shift: '⇧',
  alt: MAC ? '⌥' : 'Alt',
  esc: 'Esc',
  enter: '↵',
  up: '↑',
  down: '↓',
  del: 'Del',
  space: 'Space',
}

/** `<Keys chord="mod+k" />`. */
export function Keys({ chord }: { chord: string }) {
  return chord.split('+').map((key) => (
    <kbd key={key} className={parts.kbd}>
      {NAMES[key] ?? key.toUpperCase()}
    </kbd>
  ))
}
