/** What is wrong with a draft 问题面板, each with a way to its place. */
import { Button, Popover } from 'antd'
import { CircleAlert, CircleCheck } from 'lucide-react'
import { useState } from 'react'
import { useT } from '@/i18n/i18n'
import { EmptyState } from '@/ui/empty-state'
import css from './design.module.css'
import type { Trouble } from './draft'

type Path = (string | number)[]
type Named = Record<string | number, unknown> & { name?: unknown; label?: unknown }

interface ProblemsProps {
  problems: Trouble[]
  /** The draft's parts by name. */
  parts: Record<string, unknown>
  onJump: (path: Path) => void
}

/** The path within `part` (`forms/customer`), or null when the problem is elsewhere. */
export function within(part: string, path: Path): Path | null {
  const steps = part.split('/')
  const head = path.slice(0, steps.length)
  if (head.join('/') === part) return path.slice(steps.length)
  return path[0] === part ? path.slice(1) : null
}

/** A path in the words of the draft: names and labels on the way, not their ids. */
export function placeIn(parts: Record<string, unknown>, path: Path): string {
  const whole = path.slice(0, 2).join('/')
  const steps = whole in parts ? path.slice(2) : path.slice(1)
  let place = parts[whole in parts ? whole : String(path[0])] as Named | undefined
  const names = [place?.name]
  for (const step of steps) {
    place = place?.[step] as Named | undefined
    names.push(place?.label ?? place?.name)
  }
  return names.filter((name) => typeof name === 'string' && name !== '').join(' › ')
}

/** The sentences, each a button that leads to its place. */
export function ProblemList({ problems, parts, onJump }: ProblemsProps) {
  return (
    <ul className={css.problems}>
      {problems.map((problem, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sentences that may repeat
        <li key={at}>
          <button type="button" onClick={() => onJump(problem.path)}>
            <CircleAlert size={15} aria-hidden />
            <span>
              {problem.detail}
              <small>{placeIn(parts, problem.path)}</small>
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

/** A button with the number of problems; opens the list. */
export function ProblemsButton({ problems, parts, onJump }: ProblemsProps) {
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
      <ProblemList {...{ problems, parts }} onJump={jump} />
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
