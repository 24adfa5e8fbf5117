/** The person's own conditions over a list 筛选: built at leisure, asked at once when they say something. */
import { Badge, Button, Popover, Skeleton } from 'antd'
import { Filter as FilterIcon, X } from 'lucide-react'
import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import type { Field } from '@/fields/field'
import { need, useT } from '@/i18n/i18n'
import { useIsPhone } from '@/lib/use-is-phone'
import { namedFields } from '@/ui/design/expression-tokens'

import { Drawer } from '@/ui/drawer'
import { asGroup, cleaned, countOf, type Filter, isGroup, partsIn, readCondition, withParts } from '@/ui/record/filter'
import { FilterBuilder } from '@/ui/record/filter-builder'
import type { FormShape } from '@/ui/record/shape'
import { useFilterNames } from '@/ui/record/use-filter-names'
import css from './records.module.css'
import { useFormulasSaid } from './use-formulas-said'

interface PopoverProps extends FilterProps {
  open: boolean
  onOpen: (open: boolean) => void
  /** Conditions to begin with when it opens, such as those of a column's menu. */
  begun: Filter | null
}

interface FilterProps {
  shape: FormShape
  fields: Field[]
  filter: Filter | null
  onChange: (filter: Filter | null) => void
}

/** The formula's box with all its help; it comes when the first formula is written. */
const FormulaBox = lazy(() =>
  Promise.all([import('@/ui/design/expression-input'), need('design')]).then(([module]) => ({
    default: module.ExpressionInput,
  })),
)

/** The button and what opens under it; a sheet on a phone. */
export function FilterPopover({ fields, filter, onChange, open, onOpen, begun, shape }: PopoverProps) {
  const t = useT()
  const phone = useIsPhone()
  const named = useMemo(() => namedFields(shape.definition.fields ?? []), [shape])
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
      <FilterBuilder
        fields={fields}
        filter={shown}
        onChange={change}
        formula={(at) => (
          <Suspense fallback={<Skeleton.Input block active />}>
            <FormulaBox
              condition
              onlySound
              place={{ app: shape.app, form: shape.form, live: true, stored: 'filter' }}
              fields={named}
              label={t('record.addFormula')}
              placeholder={t('record.formulaExample')}
              {...at}
            />
          </Suspense>
        )}
      />
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
export function FilterChips({ shape, fields, filter, onChange }: FilterProps) {
  const t = useT()
  const nameOf = useFilterNames(filter, fields)
  const said = useFormulasSaid({ app: shape.app, form: shape.form, live: true }, filter)
  if (!filter) return null
  const group = asGroup(filter)
  const parts = partsIn(group)
  const word = (part: Filter): string =>
    isGroup(part)
      ? partsIn(part)
          .map(word)
          .join('all' in part ? ` ${t('records.and')} ` : ` ${t('records.or')} `)
      : readCondition(said(part), fields, t, nameOf)
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
