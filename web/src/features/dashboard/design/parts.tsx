/** How properties stand in the pane 属性行, and the parts that several of them share. */
import { Badge, Button, Modal, Select } from 'antd'
import { Filter as FilterIcon } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useT } from '@/i18n/i18n'
import { ExpressionInput } from '@/ui/design/expression-input'
import { cleaned, countOf, type Filter } from '@/ui/record/filter'
import { FilterBuilder } from '@/ui/record/filter-builder'
import type { FormShape } from '@/ui/record/shape'
import { RecordSurroundings } from '@/ui/record/surroundings'
import type { Measure } from '../definition'
import { OPERATIONS } from '../definition'
import css from './design.module.css'
import { type Choice, choicesOf, countable, fieldsNamed, fieldsWithin } from './fields'

/** A label over its control. */
export function Property({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label className={css.property}>
      <span>{label}</span>
      {children}
    </label>
  )
}

/** Some properties under a heading. */
export function Part({ title, end, children }: { title: ReactNode; end?: ReactNode; children?: ReactNode }) {
  return (
    <section className={css.part}>
      <header>
        <h3>{title}</h3>
        {end}
      </header>
      {children}
    </section>
  )
}

interface PickProps {
  value: string | undefined
  options: Choice[]
  label: string
  onChange: (value: string) => void
  clears?: boolean
  placeholder?: string
}

/** One of many, found by typing. */
export function Pick({ value, options, label, onChange, clears = false, placeholder }: PickProps) {
  return (
    <Select
      value={value || undefined}
      options={options}
      aria-label={label}
      placeholder={placeholder}
      allowClear={clears}
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      onChange={(next) => onChange(next ?? '')}
    />
  )
}

interface FilterButtonProps {
  shape: FormShape
  filter: Filter | undefined
  onChange: (filter: Filter | undefined) => void
  small?: boolean
}

/** Opens the filter builder; says how many conditions there are. */
export function FilterButton({ shape, filter, onChange, small = false }: FilterButtonProps) {
  const t = useT()
  const [editing, setEditing] = useState<Filter | null | undefined>(undefined)
  const count = countOf(filter)
  const close = () => setEditing(undefined)
  return (
    <>
      <Button
        size={small ? 'small' : 'middle'}
        type={count > 0 ? 'default' : small ? 'text' : 'default'}
        icon={<FilterIcon size={14} aria-hidden />}
        onClick={() => setEditing(filter ?? null)}
      >
        {t('dashboard.filter')}
        {count > 0 ? <Badge count={count} color="var(--accent)" size="small" /> : null}
      </Button>
      <Modal
        open={editing !== undefined}
        title={t('dashboard.filterTitle', { form: shape.definition.name })}
        width={640}
        okText={t('ui.confirm')}
        cancelText={t('ui.cancel')}
        onCancel={close}
        onOk={() => {
          onChange(cleaned(editing) ?? undefined)
          close()
        }}
        destroyOnHidden
      >
        <RecordSurroundings shape={shape}>
          <FilterBuilder
            fields={fieldsWithin(shape, t)}
            filter={editing}
            formula={(at) => (
              <ExpressionInput
                condition
                place={{ app: shape.app, form: shape.form, stored: 'filter' }}
                fields={fieldsNamed(shape)}
                label={t('record.addFormula')}
                {...at}
              />
            )}
            onChange={setEditing}
          />
        </RecordSurroundings>
      </Modal>
    </>
  )
}

interface MeasureProps {
  shape: FormShape
  measure: Measure
  onChange: (measure: Measure) => void
  /** Without formulas. */
  plain?: boolean
}

/** Stands among the numbers for a formula of one's own. */
const RECKONED = '='

/** An operation, and the number it is over: a field, or a formula of each record. */
export function OperationInput(props: MeasureProps) {
  const { shape, measure, onChange } = props
  const t = useT()
  const { operation, expression } = measure
  return (
    <>
      <OperationPair {...props} />
      {operation === 'count' || expression === undefined ? null : (
        <ExpressionInput
          place={{ app: shape.app, form: shape.form }}
          fields={fieldsNamed(shape)}
          label={t('dashboard.reckoned')}
          wanted="number"
          placeholder={t('dashboard.reckonedHint')}
          value={expression}
          onChange={(next) => onChange({ ...measure, expression: next })}
        />
      )}
    </>
  )
}

function OperationPair({ shape, measure, onChange, plain = false }: MeasureProps) {
  const t = useT()
  const numbers = choicesOf(countable(shape))
  const { operation, field, expression } = measure
  const over = expression === undefined ? field : RECKONED
  return (
    <div className={css.pair}>
      <Pick
        value={operation}
        label={t('dashboard.operation')}
        options={OPERATIONS.map((each) => ({ value: each, label: t(`dashboard.op_${each}`) }))}
        onChange={(next) => {
          const chosen = next as Measure['operation']
          const first = chosen === 'count' ? undefined : field || numbers[0]?.value
          const formula = chosen === 'count' || first !== undefined ? expression : (expression ?? '')
          onChange({
            ...measure,
            operation: chosen,
            field: first,
            expression: chosen === 'count' ? undefined : formula,
          })
        }}
      />
      {operation === 'count' ? (
        <span className={css.quiet}>{t('dashboard.ofRecords')}</span>
      ) : (
        <Pick
          value={over}
          label={t('dashboard.numberField')}
          options={plain ? numbers : [...numbers, { value: RECKONED, label: t('dashboard.reckoned') }]}
          onChange={(next) => {
            const chosen =
              next === RECKONED
                ? { field: undefined, expression: expression ?? '' }
                : { field: next, expression: undefined }
            onChange({ ...measure, ...chosen })
          }}
        />
      )}
    </div>
  )
}
