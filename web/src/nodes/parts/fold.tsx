/** A group of settings that are rarely needed 折叠的设置: a title, what is set, and the settings when opened. */
import { ChevronRight } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import css from './nodes.module.css'

interface FoldProps {
  title: string
  /** What is set there, in a few words. */
  said?: string
  open?: boolean
  children: ReactNode
}

/** Closed until somebody wants it; what nobody has opened is not drawn. */
export function Fold({ title, said, open = false, children }: FoldProps) {
  const [wanted, setWanted] = useState(open)
  return (
    <details
      className={css.fold}
      open={open}
      onToggle={(event) => {
        if (event.currentTarget.open) setWanted(true)
      }}
    >
      <summary>
        <ChevronRight size={15} aria-hidden />
        <span>{title}</span>
        {said ? <small>{said}</small> : null}
      </summary>
      <div className={css.settings}>{wanted ? children : null}</div>
    </details>
  )
}
