/** The parts of a form's page 表单分区: sections that fold, and sections that stand behind a row of tabs. */
import { Tabs } from 'antd'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import css from './record.module.css'
import type { Part } from './shape'

interface PartProps {
  part: Part
  children: ReactNode
  open?: boolean
  /** Drawn while it is folded too: paper shows everything. */
  whole?: boolean
}

/** A section: its name, which folds it, and its fields on a grid. */
export function FormPart({ part, children, open: first, whole }: PartProps) {
  const [open, setOpen] = useState(first ?? !part.collapsed)
  useEffect(() => {
    if (first) setOpen(true)
  }, [first])
  const Mark = open ? ChevronDown : ChevronRight
  return (
    <section className={css.part} aria-label={part.label || undefined}>
      {part.label ? (
        <button type="button" className={css.partHead} aria-expanded={open} onClick={() => setOpen(!open)}>
          <Mark size={16} aria-hidden />
          {part.label}
        </button>
      ) : null}
      {open || whole ? <div className={`${css.grid} ${open ? '' : css.folded}`}>{children}</div> : null}
    </section>
  )
}

interface PartListProps {
  parts: Part[]
  /** The fields of a part. */
  draw: (part: Part) => ReactNode
  /** Whether something in the part is wrong: it is opened. */
  isTroubled?: (part: Part) => boolean
  /** Whether what is folded, or behind another tab, is drawn too: paper shows everything. */
  whole?: boolean
}

/** Tabs that follow one another are one row of them. */
function grouped(parts: Part[]): Part[][] {
  const groups: Part[][] = []
  for (const part of parts) {
    const last = groups.at(-1)
    if (part.tab && last?.[0]?.tab) last.push(part)
    else groups.push([part])
  }
  return groups
}

function TabbedParts({ parts, draw, isTroubled, whole }: PartListProps) {
  const wrong = parts.find((part) => isTroubled?.(part))?.id
  const [chosen, setChosen] = useState<string>()
  useEffect(() => {
    if (wrong !== undefined) setChosen(wrong)
  }, [wrong])
  const items = parts.map((part) => ({
    key: part.id,
    label: isTroubled?.(part) ? <span className={css.star}>{part.label}</span> : part.label,
    forceRender: whole,
    children: (
      <>
        <div className={`${css.partHead} print-only`}>{part.label}</div>
        <div className={css.grid}>{draw(part)}</div>
      </>
    ),
  }))
  return <Tabs className={css.tabs} items={items} activeKey={chosen ?? parts[0]?.id} onChange={setChosen} />
}

/** All parts from top to bottom. */
export function PartList({ parts, draw, isTroubled, whole }: PartListProps) {
  return grouped(parts).map((group) => {
    const [first] = group
    if (!first) return null
    if (first.tab) return <TabbedParts key={first.id} parts={group} {...{ draw, isTroubled, whole }} />
    return (
      <FormPart key={first.id} part={first} open={isTroubled?.(first) || undefined} whole={whole}>
        {draw(first)}
      </FormPart>
    )
  })
}
