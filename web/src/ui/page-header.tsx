/** The head of a page 页头: its name, a note, its actions. */
import type { ReactNode } from 'react'
import parts from './parts.module.css'

interface PageHeaderProps {
  title: ReactNode
  note?: ReactNode
  before?: ReactNode
  children?: ReactNode
}

/** A title at the left, actions (children) at the right. */
export function PageHeader({ title, note, before, children }: PageHeaderProps) {
  return (
    <header className={parts.header}>
      {before}
      <div className={parts.headerText}>
        <h1 className={parts.headerTitle}>{title}</h1>
        {note ? <div className={parts.headerNote}>{note}</div> : null}
      </div>
      <div className={`${parts.actions} no-print`}>{children}</div>
    </header>
  )
}
