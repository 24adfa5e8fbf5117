/** A row of actions over a list 工具栏. */
import type { ReactNode } from 'react'
import parts from './parts.module.css'

/** Children stand at the left; `end` at the right. */
export function Toolbar({ children, end, label }: { children?: ReactNode; end?: ReactNode; label?: string }) {
  return (
    <div className={`${parts.toolbar} no-print`} role="toolbar" aria-label={label}>
      {children}
      <span className={parts.toolbarGap} />
      {end}
    </div>
  )
}
