/** A number gathered from the records that point here 汇总. */
import { Segmented, Select } from 'antd'
import { Sigma } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { useFieldContext } from './context'
import { type Field, type FilterInputProps, fieldType, type Json, type SettingsProps } from './field'
import { shownNumber } from './parts/decimal'
import css from './parts/fields.module.css'
import { NumberBox } from './parts/number-box'
import { Setting, Settings, Whole } from './parts/setting'

interface RollupSettings {
  form?: string
  by?: string
  operation?: 'count' | 'sum' | 'average' | 'min' | 'max'
  field?: string
  filter?: Json
  format?: 'plain' | 'money'
  decimals?: number | null
}

const OPERATIONS = ['count', 'sum', 'average', 'min', 'max'] as const

/** The references of other forms that point to this one. */
function useSources() {
  const { form, forms, typeNamed } = useFieldContext()
  const pointing = (field: Field) => typeNamed(field.type)?.points?.(field).form === form
  return forms
    .map((each) => ({ ...each, by: (each.fields ?? []).filter(pointing) }))
    .filter((each) => each.by.length > 0)
}

function Pane({ field, onChange }: SettingsProps<RollupSettings>) {
  const t = useT()
  const { typeNamed, Filter } = useFieldContext()
  const sources = useSources()
  const source = sources.find(({ id }) => id === field.form)
  const numbers = (source?.fields ?? []).filter(({ type }) => typeNamed(type)?.kind === 'number')
  const operation = field.operation ?? 'count'
  const choose = (form: string) =>
    onChange({ form, by: sources.find(({ id }) => id === form)?.by[0]?.id ?? '', field: undefined, filter: undefined })
  if (sources.length === 0) return <p className={css.small}>{t('fields.gatherNone')}</p>
  return (
    <Settings>
      <Setting label={t('fields.gatherForm')}>
        <Select
          value={field.form || undefined}
          status={field.form ? undefined : 'error'}
          placeholder={t('fields.choose')}
          options={sources.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={choose}
        />
      </Setting>
      {source && source.by.length > 1 ? (
        <Setting label={t('fields.gatherBy')}>
          <Select
            value={field.by}
            options={source.by.map(({ id, label }) => ({ value: id, label }))}
            onChange={(by) => onChange({ by })}
          />
        </Setting>
      ) : null}
      <Setting label={t('fields.gatherOperation')}>
        <Select
          value={operation}
          options={OPERATIONS.map((value) => ({ value, label: t(`fields.gather_${value}`) }))}
          onChange={(next) => onChange({ operation: next, ...(next === 'count' ? { field: undefined } : {}) })}
        />
      </Setting>
      {operation === 'count' ? null : (
        <Setting label={t('fields.gatherField')}>
          <Select
            value={field.field || undefined}
            status={field.field ? undefined : 'error'}
            placeholder={t('fields.choose')}
            options={numbers.map(({ id, label }) => ({ value: id, label }))}
            onChange={(next) => onChange({ field: next })}
          />
        </Setting>
      )}
      {source && Filter ? (
        <Setting label={t('fields.gatherFilter')}>
          <Filter fields={source.fields ?? []} filter={field.filter} onChange={(filter) => onChange({ filter })} />
        </Setting>
      ) : null}
      <div className={css.pair}>
        <Setting label={t('fields.format')}>
          <Segmented
            block
            value={field.format ?? 'plain'}
            options={[
              { value: 'plain', label: t('fields.formatPlain') },
              { value: 'money', label: t('fields.formatMoney') },
            ]}
            onChange={(format) => onChange({ format: format as RollupSettings['format'] })}
          />
        </Setting>
        <Whole
          label={t('fields.decimals')}
          value={field.decimals}
          max={8}
          placeholder={t('fields.decimalsAny')}
          onChange={(decimals) => onChange({ decimals })}
        />
      </div>
      <p className={css.small}>{t('fields.gatherHint')}</p>
    </Settings>
  )
}

function Operand({ field, operator, value, onChange }: FilterInputProps<RollupSettings>) {
  if (operator !== 'between')
    return <NumberBox settings={field} value={value} onChange={onChange} label={field.label} />
  const [low = null, high = null] = Array.isArray(value) ? value : []
  return (
    <div className={css.pair}>
      <NumberBox settings={field} value={low} onChange={(next) => onChange([next, high])} label={`${field.label} ≥`} />
      <NumberBox settings={field} value={high} onChange={(next) => onChange([low, next])} label={`${field.label} ≤`} />
    </div>
  )
}

function Shown({ field, value }: { field: RollupSettings; value: Json }) {
  const text = shownNumber(value, field)
  return (
    <span className={`tabular ${css.cut}`} title={text}>
      {text}
    </span>
  )
}

export default fieldType<RollupSettings, string>({
  label: { zh: '汇总', en: 'Rollup' },
  icon: Sigma,
  group: 'advanced',
  rank: 3,
  kind: 'number',
  blank: { form: '', by: '' },
  align: 'right',
  columnWidth: 118,
  given: true,
  topLevelOnly: true,
  Settings: Pane,
  Input: ({ field, value, id }) => {
    const t = useT()
    return (
      <output id={id} className={css.given}>
        {value === null ? t('fields.gatheredLater') : <Shown field={field} value={value} />}
      </output>
    )
  },
  Cell: ({ field, value }) => <Shown field={field} value={value} />,
  FilterInput: Operand,
})
