/** What only stands on the page 布局组件: shared by those that hold no value. */
import type { ReactNode } from 'react'
import css from './fields.module.css'

/** In a list and in a filter there is nothing of them. */
export const Nothing = () => null

/** What stands there while its settings are still empty, in the designer. */
export function Hollow({ children }: { children: ReactNode }) {
  return <div className={css.hollow}>{children}</div>
}
