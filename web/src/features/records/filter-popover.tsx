/** The person's own conditions over a list 筛选: built at leisure, asked at once when they say something. */
import { Badge, Button, Input, Popover } from 'antd'
import { Filter as FilterIcon, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Field } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { useIsPhone } from '@/lib/use-is-phone'
import { Drawer } from '@/ui/drawer'
import { asGroup, cleaned, countOf, type Filter, isGroup, partsIn, readCondition, withParts } from '@/ui/record/filter'
import { FilterBuilder } from '@/ui/record/filter-builder'
import { useFilterNames } from '@/ui/record/use-filter-names'
import css from './records.module.css'

interface FilterProps {
  fields: Field[]
  filter: Filter | null
  onChange: (filter: Filter | null) => void
  open: boolean
  onOpen: (open: boolean) => void
  /** Conditions to begin with when it opens, such as those of a column's menu. */
  begun: Filter | null
}

/** A formula is asked when its box is left, not at every letter. */
function FormulaBox({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const t = useT()
  const [text, setText] = useState(value)
  return (
    <Input.TextArea
      value={text}
      autoSize={{ minRows: 1, maxRows: 6 }}
      maxLength={2000}
      aria-label={t('record.addFormula')}
      placeholder={t('record.formulaExample')}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => onChange(text.trim())}
      onPressEnter={(event) => {
        event.preventDefault()
        onChange(text.trim())
      }}
    />
  )
}

/** The button and what opens under it; a sheet on a phone. */
export function FilterPopover({ fields, filter, onChange, open, onOpen, begun }: FilterProps) {
  const t = useT()
  const phone = useIsPhone()
  const [shown, setShown] = useState<Filter | null>(begun ?? filter)
  // biome-ignore lint/correctness/useExhaustiveDependencies: starts anew each time it opens
  useEffect(() => {
    if (open) setShown(begun ?? filter ?? { all: [] })
  }, [open])
  const change = (next: Filter) => {
    setShown(next)
    const asked = cleaned(next)
    if (JSON.stringify(asked) !== JSON.stringify(filter)) onChange(asked)
  }
  const clear = () => {
    setShown({ all: [] })
    onChange(null)
  }
  const body = (
    <div className={phone ? css.tabBody : css.popup}>
      <FilterBuilder fields={fields} filter={shown} onChange={change} formula={(at) => <FormulaBox {...at} />} />
      {countOf(shown) > 0 ? (
        <Button size="small" type="text" onClick={clear}>
          {t('records.clearFilter')}
        </Button>
      ) : null}
    </div>
  )
  const button = (
    <Badge count={countOf(filter)} size="small" color="var(--accent)">
      <Button
        type="text"
        icon={<FilterIcon size={16} />}
        aria-label={t('records.filter')}
        onClick={phone ? () => onOpen(true) : undefined}
      >
        {phone ? null : t('records.filter')}
      </Button>
    </Badge>
  )
  if (!phone)
    return (
      <Popover open={open} onOpenChange={onOpen} trigger="click" placement="bottomRight" content={body}>
        {button}
      </Popover>
    )
  return (
    <>
      {button}
      <Drawer
        open={open}
        onClose={() => onOpen(false)}
        title={t('records.filter')}
        footer={
          <Button type="primary" size="large" block onClick={() => onOpen(false)}>
            {t('records.showResult')}
          </Button>
        }
      >
        {body}
      </Drawer>
    </>
  )
}

/** The conditions in words, each with a way to drop it. */
export function FilterChips({ fields, filter, onChange }: Pick<FilterProps, 'fields' | 'filter' | 'onChange'>) {
  const t = useT()
  const nameOf = useFilterNames(filter, fields)
  if (!filter) return null
  const group = asGroup(filter)
  const parts = partsIn(group)
  const word = (part: Filter): string =>
    isGroup(part)
      ? partsIn(part)
          .map(word)
          .join('all' in part ? ` ${t('records.and')} ` : ` ${t('records.or')} `)
      : readCondition(part, fields, t, nameOf)
  const drop = (at: number) =>
    onChange(
      cleaned(
        withParts(
          group,
          parts.filter((_, i) => i !== at),
        ),
      ),
    )
  return (
    <div className={css.chips}>
      {parts.map((part, at) => (
        <span key={JSON.stringify(part)} className={css.chip} title={word(part)}>
          <span>
            {at > 0 && 'any' in group ? `${t('records.or')} ` : ''}
            {word(part)}
          </span>
          <button type="button" aria-label={t('record.removeCondition')} onClick={() => drop(at)}>
            <X size={13} />
          </button>
        </span>
      ))}
      <Button size="small" type="text" onClick={() => onChange(null)}>
        {t('records.clearFilter')}
      </Button>
    </div>
  )
}
