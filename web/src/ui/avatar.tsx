/** A person as a small round picture 头像: a character of the name on a hue of its own. */
import { HUES } from '@/theme/tokens'
import parts from './parts.module.css'

/** FNV-1a, so that ids given one after another do not share a hue. */
function hueOf(text: string): string {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return HUES[((hash ^ (hash >>> 15)) >>> 0) % HUES.length] ?? 'grey'
}

/** Two Chinese characters from the end (a given name), or the initials of a Latin name. */
export function initials(name: string): string {
  const trimmed = name.trim()
  if (/[一-鿿]/.test(trimmed)) return trimmed.slice(-2)
  const words = trimmed.split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word))
  return words
    .slice(0, 2)
    .map((word) => word[0]?.toUpperCase() ?? '')
    .join('')
}

/** The picture alone. */
export function Avatar({ name, size = 24, seed }: { name: string; size?: number; seed?: string }) {
  const hue = hueOf(seed ?? name)
  const style = {
    width: size,
    height: size,
    fontSize: Math.max(9, Math.round(size * 0.4)),
    background: `var(--hue-${hue}-tint)`,
    color: `var(--hue-${hue}-ink)`,
  }
  return (
    <span className={parts.avatar} style={style} aria-hidden>
      {size < 22 ? initials(name).slice(-1) : initials(name)}
    </span>
  )
}

/** The picture and the name. */
export function Person({ name, size = 20, seed }: { name: string; size?: number; seed?: string }) {
  return (
    <span className={parts.person}>
      <Avatar name={name} size={size} seed={seed} />
      <span style={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>{name}</span>
    </span>
  )
}
