/** How properties stand in a pane 属性行. */
import type { ReactNode } from 'react'
import css from './designer.module.css'

/** A label over its control, a hint below. */
export function Row({
  label,
  hint,
  wrong,
  children,
}: {
  label: ReactNode
  hint?: ReactNode
  wrong?: boolean
  children: ReactNode
}) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label className={css.row}>
      <span className={css.rowLabel}>{label}</span>
      {children}
      {hint ? (
        <span className={css.hint} data-wrong={wrong === true}>
          {hint}
        </span>
      ) : null}
    </label>
  )
}

/** Some properties under a heading. */
export function Part({ title, end, children }: { title: ReactNode; end?: ReactNode; children?: ReactNode }) {
  return (
    <section className={css.part}>
      <header>
        <h3>{title}</h3>
        {end}
      </header>
      {children}
    </section>
  )
}
