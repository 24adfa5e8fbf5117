/** Builds a question about records 筛选器: any field, and/or groups, operands as their fields ask. */
import { Button, Segmented, Select } from 'antd'
import { FunctionSquare, Link2, ListPlus, Plus, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Field, Json } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import { useT } from '@/i18n/i18n'
import { IconButton } from '../icon-button'
import {
  type All,
  asGroup,
  type Condition,
  type Either,
  editable,
  type Filter,
  isGroup,
  isUnary,
  operatorsOf,
  operatorWord,
  partsIn,
  WRITTEN,
  withOperator,
  withParts,
} from './filter'
import css from './record.module.css'

interface BuilderProps {
  fields: Field[]
  filter: Filter | null | undefined
  onChange: (filter: All | Either) => void
  /** Only these operators are offered; all when absent. */
  only?: string[]
  /** What is said when it asks nothing. */
  nothing?: string
  /** The fields of the record that asks; a condition may compare with one of them. */
  mine?: Field[]
  /** Where a condition is written as a formula; without it no formula is offered. */
  formula?: Formula | undefined
}

/** The box in which a condition is written as a formula. */
export type Formula = (at: { value: string; onChange: (text: string) => void }) => ReactNode

const THIS = '@this.'

/** The field of the asking record that an operand names. */
function ownIn(value: Json | undefined): string | undefined {
  const one = Array.isArray(value) ? value[0] : value
  return typeof one === 'string' && one.startsWith(THIS) ? one.slice(THIS.length) : undefined
}

function offered(field: Field | undefined, only: string[] | undefined): string[] {
  const known = operatorsOf(field)
  return only === undefined ? known : known.filter((op) => only.includes(op))
}

function firstOf(field: Field | undefined, only: string[] | undefined): Condition {
  return { field: field?.id ?? '', op: offered(field, only)[0] ?? 'eq' }
}

interface RowProps {
  fields: Field[]
  only: string[] | undefined
  mine?: Field[] | undefined
  condition: Condition
  onChange: (condition: Condition) => void
  onRemove: () => void
}

function isList(op: string): boolean {
  return ['in', 'not_in', 'has_any', 'has_all', 'has_none'].includes(op)
}

/** The condition with a field of the asking record as operand, or with none yet. */
function compared({ field, op }: Condition, own: boolean): Condition {
  if (!own) return { field, op }
  return { field, op, value: isList(op) ? [THIS] : THIS }
}

function Row({ fields, only, mine, condition: raw, onChange, onRemove }: RowProps) {
  const t = useT()
  const field = fields.find((each) => each.id === raw.field)
  const condition = editable(raw, field)
  const Operand = field ? typeNamed(field.type)?.FilterInput : undefined
  const known = offered(field, only)
  const operators = known.includes(condition.op) ? known : [condition.op, ...known]
  const own = mine === undefined ? undefined : ownIn(condition.value)
  return (
    <div className={mine ? `${css.row} ${css.rowOwn}` : css.row}>
      <Select
        value={condition.field}
        options={fields.map((each) => ({ value: each.id, label: each.label }))}
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('record.field')}
        popupMatchSelectWidth={false}
        onChange={(id) =>
          onChange(
            firstOf(
              fields.find((each) => each.id === id),
              only,
            ),
          )
        }
      />
      <Select
        value={condition.op}
        options={operators.map((op) => ({ value: op, label: operatorWord(op, field, t) }))}
        aria-label={t('record.operator')}
        popupMatchSelectWidth={false}
        onChange={(op) => onChange(withOperator(condition, op))}
      />
      <div style={{ minWidth: 0 }}>
        {field && Operand && !isUnary(condition.op) ? (
          own === undefined ? (
            <Operand
              field={field}
              operator={condition.op}
              value={condition.value ?? null}
              onChange={(value) => onChange({ ...condition, value })}
            />
          ) : (
            <Select
              style={{ width: '100%' }}
              value={own || undefined}
              status={own ? undefined : 'error'}
              aria-label={t('record.ownField')}
              placeholder={t('record.ownField')}
              options={(mine ?? []).map((each) => ({ value: each.id, label: each.label }))}
              showSearch={{ optionFilterProp: 'label' }}
              onChange={(id) => onChange({ ...condition, value: isList(condition.op) ? [THIS + id] : THIS + id })}
            />
          )
        ) : null}
      </div>
      {mine && !isUnary(condition.op) && condition.op !== 'within' && condition.op !== 'between' ? (
        <IconButton
          icon={Link2}
          iconSize={14}
          size="small"
          aria-pressed={own !== undefined}
          color={own === undefined ? 'default' : 'primary'}
          variant={own === undefined ? 'text' : 'filled'}
          label={t(own === undefined ? 'record.compareOwn' : 'record.compareConstant')}
          onClick={() => onChange(compared(condition, own === undefined))}
        />
      ) : null}
      <IconButton icon={X} iconSize={14} size="small" label={t('record.removeCondition')} onClick={onRemove} />
    </div>
  )
}

/** A condition that is a formula: its box, as wide as there is room. */
function Written({ condition, formula, onChange, onRemove }: Omit<RowProps, 'fields' | 'only'> & { formula: Formula }) {
  const t = useT()
  const value = typeof condition.value === 'string' ? condition.value : ''
  return (
    <div className={css.rowWritten}>
      <div>{formula({ value, onChange: (text) => onChange({ ...WRITTEN, value: text }) })}</div>
      <IconButton icon={X} iconSize={14} size="small" label={t('record.removeCondition')} onClick={onRemove} />
    </div>
  )
}

interface GroupProps {
  fields: Field[]
  group: All | Either
  only: string[] | undefined
  mine?: Field[] | undefined
  nothing?: string | undefined
  formula?: Formula | undefined
  onChange: (group: All | Either) => void
  onRemove?: () => void
  depth: number
}

let lastKey = 0

/** A key for a part that lives as long as the part is at its place. */
function useKeys(parts: Filter[]) {
  const [order, setOrder] = useState<number[]>(() => parts.map(() => ++lastKey))
  const missing = parts.length - order.length
  const known = missing > 0 ? [...order, ...Array.from({ length: missing }, () => ++lastKey)] : order
  const forget = (at: number) => setOrder(known.filter((_, i) => i !== at))
  if (missing > 0) setOrder(known)
  return { keyAt: (at: number) => known[at] ?? at, forget }
}

function Group({ fields, group, only, mine, nothing, formula, onChange, onRemove, depth }: GroupProps) {
  const t = useT()
  const parts = partsIn(group)
  const { keyAt, forget } = useKeys(parts)
  const set = (at: number, next: Filter) =>
    onChange(
      withParts(
        group,
        parts.map((part, i) => (i === at ? next : part)),
      ),
    )
  const remove = (at: number) => {
    forget(at)
    onChange(
      withParts(
        group,
        parts.filter((_, i) => i !== at),
      ),
    )
  }
  const add = (part: Filter) => onChange(withParts(group, [...parts, part]))
  const fresh = firstOf(fields[0], only)
  return (
    <div className={depth > 0 ? css.group : css.builder}>
      {parts.length > 1 || depth > 0 ? (
        <div className={css.joined}>
          <Segmented
            size="small"
            value={'all' in group ? 'all' : 'any'}
            options={[
              { value: 'all', label: t('record.meetAll') },
              { value: 'any', label: t('record.meetAny') },
            ]}
            onChange={(how) => onChange(how === 'all' ? { all: parts } : { any: parts })}
          />
          {onRemove ? (
            <IconButton icon={X} iconSize={14} size="small" label={t('record.removeCondition')} onClick={onRemove} />
          ) : null}
        </div>
      ) : null}
      {parts.length === 0 ? <div className={css.quiet}>{nothing ?? t('record.emptyFilter')}</div> : null}
      {parts.map((part, at) =>
        isGroup(part) ? (
          <Group
            key={keyAt(at)}
            {...{ fields, group: part, only, mine, formula, depth: depth + 1 }}
            onChange={(next) => set(at, next)}
            onRemove={() => remove(at)}
          />
        ) : formula && part.op === WRITTEN.op ? (
          <Written
            key={keyAt(at)}
            {...{ condition: part, formula }}
            onChange={(next) => set(at, next)}
            onRemove={() => remove(at)}
          />
        ) : (
          <Row
            key={keyAt(at)}
            {...{ fields, only, mine, condition: part }}
            onChange={(next) => set(at, next)}
            onRemove={() => remove(at)}
          />
        ),
      )}
      <div className={css.rowTools}>
        <Button size="small" type="text" icon={<Plus size={14} />} onClick={() => add(fresh)}>
          {t('record.addCondition')}
        </Button>
        {formula ? (
          <Button size="small" type="text" icon={<FunctionSquare size={14} />} onClick={() => add(WRITTEN)}>
            {t('record.addFormula')}
          </Button>
        ) : null}
        {depth < 2 ? (
          <Button
            size="small"
            type="text"
            icon={<ListPlus size={14} />}
            onClick={() => add('all' in group ? { any: [fresh] } : { all: [fresh] })}
          >
            {t('record.addGroup')}
          </Button>
        ) : null}
      </div>
    </div>
  )
}

/** Controlled: what is not filled in yet asks nothing; see `cleaned`. */
export function FilterBuilder({ fields, filter, onChange, only, nothing, mine, formula }: BuilderProps) {
  return <Group {...{ fields, only, nothing, mine, formula, onChange }} group={asGroup(filter)} depth={0} />
}
