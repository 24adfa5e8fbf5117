/** A setting of a node 节点设置: a label over its control. */
import type { ReactNode } from 'react'
import css from './nodes.module.css'

/** Settings under one another. */
export function Settings({ children }: { children: ReactNode }) {
  return <div className={css.settings}>{children}</div>
}

/** One setting. */
export function Setting({ label, hint, children }: { label: ReactNode; hint?: ReactNode; children: ReactNode }) {
  return (
    <section className={css.setting}>
      <span className={css.label}>{label}</span>
      {children}
      {hint ? <span className={css.hint}>{hint}</span> : null}
    </section>
  )
}
