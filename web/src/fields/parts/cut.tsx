/** Text on one line, cut with its whole self as the tooltip 截断文字. */
import type { ReactNode } from 'react'
import css from './fields.module.css'

/** All of it on as many lines as it takes, where there is room. */
export function Whole({ text, children }: { text: unknown; children?: ReactNode }) {
  if (text === null || text === undefined || text === '') return null
  return <span className={css.whole}>{children ?? String(text)}</span>
}

/** Nothing for nothing. */
export function Cut({ text, children }: { text: unknown; children?: ReactNode }) {
  if (text === null || text === undefined || text === '') return null
  const words = String(text)
  return (
    <span className={css.cut} title={words}>
      {children ?? words}
    </span>
  )
}
