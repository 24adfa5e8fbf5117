/** What stands where there is nothing yet 空状态: what, why, and one button. */
import type { ReactNode } from 'react'
import parts from './parts.module.css'
import { Tangram } from './tangram'
import type { Figure } from './tangram-figures'

interface EmptyStateProps {
  figure?: Figure
  title: ReactNode
  hint?: ReactNode
  /** One button. */
  action?: ReactNode
  small?: boolean
}

/** A tangram figure, a sentence, and one thing to do. */
export function EmptyState({ figure = 'boat', title, hint, action, small = false }: EmptyStateProps) {
  return (
    <div className={`${parts.blank} ${small ? parts.blankSmall : ''}`}>
      <Tangram name={figure} size={small ? 44 : 88} quiet />
      <div className={parts.blankTitle}>{title}</div>
      {hint ? <div className={parts.blankHint}>{hint}</div> : null}
      {action ? <div className={parts.blankAction}>{action}</div> : null}
    </div>
  )
}
