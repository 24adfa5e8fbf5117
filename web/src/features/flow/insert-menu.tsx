/** The "+" on a line 插入节点: which node to put in. One menu serves all lines. */
import { Dropdown } from 'antd'
import { type LucideIcon, Plus } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { create } from 'zustand'
import { pick, useT } from '@/i18n/i18n'
import type { Line } from '@/nodes/drawing/definition'
import { nodeTypes } from '@/nodes/registry'
import css from './flow.module.css'
import { useFlow } from './use-flow'

interface Choice {
  key: string
  type: string
  conditional: boolean
  label: string
  hint: string
  icon: LucideIcon
  hue: string
}

/** Away from the edge of the screen, and what is room enough below a line. */
const EDGE = 24
const ENOUGH = 340

/** Where the menu is open, on the screen. */
const useOpened = create<{ at: { line: Line; x: number; y: number } | null }>(() => ({ at: null }))

/** Every type that may be put in; an approval also behind a condition. */
function useChoices(): Choice[] {
  const t = useT()
  return nodeTypes()
    .filter((type) => type.insertable)
    .sort((one, other) => (one.order ?? 50) - (other.order ?? 50))
    .flatMap((type): Choice[] => {
      const { name, hue, icon } = type
      const plain = {
        key: name,
        type: name,
        conditional: false,
        label: pick(type.label),
        hint: pick(type.hint),
        icon,
        hue,
      }
      if (type.conditional === undefined) return [plain]
      const more = { label: pick(type.conditional), hint: t('flow.conditionalHint'), conditional: true }
      return [plain, { ...plain, ...more, key: `${name}?` }]
    })
}

const close = () => useOpened.setState({ at: null })

/** A round button; the menu opens below it. */
export function InsertButton({ line, label }: { line: Line; label?: string }) {
  const t = useT()
  const name = label ?? t('flow.insert')
  return (
    <button
      type="button"
      className={css.plus}
      aria-label={name}
      aria-haspopup="menu"
      title={name}
      onClick={(event) => {
        event.stopPropagation()
        const box = event.currentTarget.getBoundingClientRect()
        useOpened.setState({ at: { line, x: box.left + box.width / 2, y: box.bottom } })
      }}
    >
      <Plus size={14} aria-hidden />
    </button>
  )
}

/** The menu itself; once on the canvas. */
export function InsertMenu() {
  const { insert } = useFlow()
  const at = useOpened((opened) => opened.at)
  const choices = useChoices()
  const anchor = useRef<HTMLSpanElement>(null)
  useEffect(() => close, [])
  const items = choices.map(({ key, label: name, hint, icon: Icon, hue }) => ({
    key,
    label: (
      <span className={css.choice}>
        <span className={css.tile} style={{ background: `var(--hue-${hue}-tint)`, color: `var(--hue-${hue}-ink)` }}>
          <Icon size={16} aria-hidden />
        </span>
        <span>
          <b>{name}</b>
          <small>{hint}</small>
        </span>
      </span>
    ),
  }))
  const put = (key: string) => {
    const choice = choices.find((each) => each.key === key)
    if (choice !== undefined && at !== null) insert(at.line, choice.type, choice.conditional)
    close()
  }
  if (at === null) return null
  // the menu takes the side with more room, and no more of it than there is
  const [above, below] = [at.y - EDGE, window.innerHeight - at.y - EDGE]
  const up = below < ENOUGH && above > below
  return (
    <Dropdown
      key={`${at.x},${at.y}`}
      open
      autoFocus
      menu={{
        items,
        onClick: ({ key }) => put(key),
        style: { maxHeight: (up ? above : below) - EDGE, overflow: 'auto' },
      }}
      trigger={['click']}
      placement={up ? 'top' : 'bottom'}
      onOpenChange={(open) => !open && close()}
    >
      <span ref={anchor} style={{ position: 'fixed', left: at.x, top: at.y, width: 1, height: 1 }} />
    </Dropdown>
  )
}
