/** A word on a tint of one of the seven hues 标签. */
import type { ReactNode } from 'react'
import type { Hue } from '@/theme/tokens'
import parts from './parts.module.css'

/** Grey when no hue is given. */
export function Tag({ hue, children, title }: { hue?: Hue | '' | null; children: ReactNode; title?: string }) {
  const name = hue || 'grey'
  return (
    <span
      className={parts.tag}
      title={title ?? (typeof children === 'string' ? children : undefined)}
      style={{ background: `var(--hue-${name}-tint)`, color: `var(--hue-${name}-ink)` }}
    >
      {children}
    </span>
  )
}

/** A round mark in a hue, beside a word. */
export function Dot({ hue }: { hue?: Hue | '' | null }) {
  const style = { width: 8, height: 8, borderRadius: 8, background: `var(--hue-${hue || 'grey'})`, flex: 'none' }
  return <span aria-hidden style={{ display: 'inline-block', ...style }} />
}
