/** What is wrong with a draft 问题面板, each with a way to its place. */
import { Button, Popover } from 'antd'
import { CircleAlert, CircleCheck } from 'lucide-react'
import { useState } from 'react'
import { useT } from '@/i18n/i18n'
import { EmptyState } from '@/ui/empty-state'
import css from './design.module.css'
import type { Trouble } from './draft'

type Path = (string | number)[]

/** The path within `part` (`forms/customer`), or null when the problem is elsewhere. */
export function within(part: string, path: Path): Path | null {
  const steps = part.split('/')
  const head = path.slice(0, steps.length)
  if (head.join('/') === part) return path.slice(steps.length)
  return path[0] === part ? path.slice(1) : null
}

/** The sentences, each a button that leads to its place. */
export function ProblemList({ problems, onJump }: { problems: Trouble[]; onJump: (path: Path) => void }) {
  return (
    <ul className={css.problems}>
      {problems.map((problem, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sentences that may repeat
        <li key={at}>
          <button type="button" onClick={() => onJump(problem.path)}>
            <CircleAlert size={15} aria-hidden />
            <span>
              {problem.detail}
              <small>{problem.path.join(' › ')}</small>
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

/** A button with the number of problems; opens the list. */
export function ProblemsButton({ problems, onJump }: { problems: Trouble[]; onJump: (path: Path) => void }) {
  const t = useT()
  const [open, setOpen] = useState(false)
  const none = problems.length === 0
  const jump = (path: Path) => {
    setOpen(false)
    onJump(path)
  }
  const list = none ? (
    <EmptyState small title={t('design.noProblems')} />
  ) : (
    <div className={css.problemPanel}>
      <ProblemList problems={problems} onJump={jump} />
    </div>
  )
  const label = none ? t('design.noProblems') : t('design.problemCount', { count: problems.length })
  return (
    <Popover content={list} trigger="click" placement="bottomRight" open={open} onOpenChange={setOpen}>
      <Button
        type="text"
        danger={!none}
        aria-label={label}
        title={label}
        icon={none ? <CircleCheck size={16} aria-hidden /> : <CircleAlert size={16} aria-hidden />}
      >
        {none ? null : problems.length}
      </Button>
    </Popover>
  )
}
