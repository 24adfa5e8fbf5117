/** Where a condition is written 条件编辑: as rows of field, operator and value, or as an expression. */
import { Segmented } from 'antd'
import { useMemo, useState } from 'react'
import { useT } from '@/i18n/i18n'
import { ExpressionInput } from '@/ui/design/expression-input'
import { useUnderstood } from '@/ui/design/use-explained'
import { asGroup, EVERYTHING, type Filter } from '@/ui/record/filter'
import { FilterBuilder } from '@/ui/record/filter-builder'
import type { NodeSurroundings } from '../node'
import { askable, expressionOf, rowsOf, SAYABLE } from './condition'
import { namedFields } from './named-fields'
import css from './nodes.module.css'

interface ConditionProps {
  value: string
  onChange: (text: string) => void
  context: NodeSurroundings
  label: string
}

/** Rows where rows can say it; whoever wants more writes it out. */
export function ConditionEditor({ value, onChange, context, label }: ConditionProps) {
  const t = useT()
  const { app, form, definition } = context
  const fields = useMemo(() => askable(context.fields), [context.fields])
  const understood = useUnderstood({ app, form, definition }, value)
  const read = useMemo(() => (understood === undefined ? null : rowsOf(understood.tree, fields)), [understood, fields])
  const [typed, setTyped] = useState<{ rows: Filter; text: string } | null>(null)
  const [mode, setMode] = useState<'rows' | 'text' | ''>('')
  const blank = value.trim() === ''
  const mine = typed !== null && typed.text === value ? typed.rows : null
  const rows = mine ?? (blank ? EVERYTHING : read)
  const waits = !blank && mine === null && understood === undefined
  const shown = mode === 'text' || (rows === null && !waits) ? 'text' : 'rows'
  const change = (next: Filter) => {
    const text = expressionOf(next, fields)
    if (text === null) return
    setTyped({ rows: next, text })
    if (text !== value) onChange(text)
  }
  return (
    <div className={css.condition}>
      <Segmented
        size="small"
        value={shown}
        aria-label={t('nodes.writtenAs')}
        options={[
          { value: 'rows', label: t('nodes.asRows'), disabled: rows === null },
          { value: 'text', label: t('nodes.asText') },
        ]}
        onChange={(next) => setMode(next as 'rows' | 'text')}
      />
      {shown === 'rows' ? (
        waits ? null : (
          <FilterBuilder
            fields={fields}
            filter={asGroup(rows)}
            only={SAYABLE}
            nothing={t('nodes.noRows')}
            onChange={change}
          />
        )
      ) : (
        <ExpressionInput
          condition
          place={{ app, form, definition }}
          fields={namedFields(context.fields)}
          label={label}
          value={value}
          onChange={onChange}
        />
      )}
      {shown === 'text' && rows === null && !waits ? <span className={css.hint}>{t('nodes.onlyText')}</span> : null}
    </div>
  )
}
