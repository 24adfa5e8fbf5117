/** The "+" on a line 插入节点: which node to put in. */
import { Dropdown } from 'antd'
import { type LucideIcon, Plus } from 'lucide-react'
import { pick, useT } from '@/i18n/i18n'
import { nodeTypes } from '@/nodes/registry'
import type { Line } from './definition'
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

/** Every type that may be put in; an approval also behind a condition. */
function useChoices(): Choice[] {
  const t = useT()
  return nodeTypes()
    .filter((type) => type.insertable)
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

/** A round button with a menu. */
export function InsertMenu({ line, label }: { line: Line; label?: string }) {
  const t = useT()
  const { insert } = useFlow()
  const choices = useChoices()
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
    if (choice !== undefined) insert(line, choice.type, choice.conditional)
  }
  const name = label ?? t('flow.insert')
  return (
    <Dropdown menu={{ items, onClick: ({ key }) => put(key) }} trigger={['click']} placement="bottom">
      <button type="button" className={css.plus} aria-label={name} title={name}>
        <Plus size={14} aria-hidden />
      </button>
    </Dropdown>
  )
}
