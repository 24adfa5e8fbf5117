/** Changes in words 修改清单. */
import { Minus, Pencil, Plus } from 'lucide-react'
import css from './design.module.css'

export interface ChangeWords {
  part: string
  kind: string
  text: string
}

const ICONS: Record<string, typeof Plus> = { added: Plus, removed: Minus }

/** One sentence for each change, marked as added, removed or changed. */
export function ChangeList({ changes }: { changes: ChangeWords[] }) {
  return (
    <ul className={css.changes}>
      {changes.map((change, at) => {
        const Icon = ICONS[change.kind] ?? Pencil
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a list of sentences that may repeat and never moves
          <li key={at} data-kind={change.kind}>
            <span className={css.changeMark}>
              <Icon size={12} aria-hidden />
            </span>
            {change.text}
          </li>
        )
      })}
    </ul>
  )
}
