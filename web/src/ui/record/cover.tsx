/** The colour over a form 表单皮肤: an ornament, so nobody has to read on it. */
import type { CSSProperties } from 'react'
import css from './record.module.css'
import type { Skin } from './shape'

/** A stroke, a tint or a band in the form's hue; nothing without one. */
export function Cover({ skin }: { skin?: Skin }) {
  if (!skin?.hue) return null
  const own = { '--skin': `var(--hue-${skin.hue}-ink)`, '--skin-tint': `var(--hue-${skin.hue}-tint)` } as CSSProperties
  return <div className={css.cover} data-cover={skin.cover ?? 'plain'} style={own} aria-hidden />
}
