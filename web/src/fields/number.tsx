/** A number 数字: plain, money or percent; kept as an exact decimal in text. */
import { Input, Segmented, Select } from 'antd'
import { Hash } from 'lucide-react'
import { capitals } from '@/expression/functions/rmb'
import { useT } from '@/i18n/i18n'
import { type FilterInputProps, fieldType, type InputProps, type Json, type SettingsProps } from './field'
import { decimalOf, fitted, type NumberSettings, shownNumber } from './parts/decimal'
import css from './parts/fields.module.css'
import { NumberBox } from './parts/number-box'
import { Setting, Settings, Toggle, Whole } from './parts/setting'

const CURRENCIES = ['CNY', 'USD', 'EUR', 'GBP', 'JPY', 'HKD']

function Bounds({ field, onChange }: SettingsProps<NumberSettings>) {
  const t = useT()
  const bound = (text: string | null) => (decimalOf(text) === null ? undefined : text)
  return (
    <div className={css.pair}>
      <Setting label={t('fields.min')}>
        <NumberBox
          settings={{ ...field, unit: '' }}
          value={field.min ?? null}
          onChange={(min) => onChange({ min: bound(min) })}
        />
      </Setting>
      <Setting label={t('fields.max')}>
        <NumberBox
          settings={{ ...field, unit: '' }}
          value={field.max ?? null}
          onChange={(max) => onChange({ max: bound(max) })}
        />
      </Setting>
    </div>
  )
}

function NumberSettingsPane({ field, onChange }: SettingsProps<NumberSettings>) {
  const t = useT()
  const format = field.format ?? 'plain'
  return (
    <Settings>
      <Setting label={t('fields.format')}>
        <Segmented
          block
          value={format}
          options={[
            { value: 'plain', label: t('fields.formatPlain') },
            { value: 'money', label: t('fields.formatMoney') },
            { value: 'percent', label: t('fields.formatPercent') },
          ]}
          onChange={(next) => onChange({ format: next as NumberSettings['format'] })}
        />
      </Setting>
      <div className={css.pair}>
        <Whole
          label={t('fields.decimals')}
          value={field.decimals}
          max={8}
          placeholder={t('fields.decimalsAny')}
          onChange={(decimals) => onChange({ decimals })}
        />
        {format === 'money' ? (
          <Setting label={t('fields.currency')}>
            <Select
              value={field.currency ?? 'CNY'}
              options={CURRENCIES.map((value) => ({ value, label: value }))}
              onChange={(currency) => onChange({ currency })}
            />
          </Setting>
        ) : (
          <Setting label={t('fields.unit')}>
            <Input
              value={field.unit ?? ''}
              maxLength={20}
              disabled={format === 'percent'}
              onChange={(event) => onChange({ unit: event.target.value })}
            />
          </Setting>
        )}
      </div>
      <Bounds field={field} onChange={onChange} />
      {format === 'percent' ? null : (
        <Toggle
          label={t('fill.thousands')}
          on={field.thousands !== false}
          onChange={(on) => onChange({ thousands: on ? undefined : false })}
        />
      )}
      {format === 'money' ? (
        <Toggle
          label={t('fill.capital')}
          on={field.capital === true}
          onChange={(on) => onChange({ capital: on || undefined })}
        />
      ) : null}
    </Settings>
  )
}

function Operand({ field, operator, value, onChange }: FilterInputProps<NumberSettings>) {
  if (operator !== 'between')
    return <NumberBox settings={field} value={value} onChange={onChange} label={field.label} />
  const [low = null, high = null] = Array.isArray(value) ? value : []
  const set = (pair: [Json, Json]) => onChange(pair)
  return (
    <div className={css.pair}>
      <NumberBox settings={field} value={low} onChange={(next) => set([next, high])} label={`${field.label} ≥`} />
      <NumberBox settings={field} value={high} onChange={(next) => set([low, next])} label={`${field.label} ≤`} />
    </div>
  )
}

/** The amount as a cheque has it. */
function Capital({ field, value }: { field: NumberSettings; value: Json }) {
  const amount = field.capital && field.format === 'money' ? decimalOf(value) : null
  if (amount === null || amount.abs().gte(1e15)) return null
  return <span className={css.small}>{capitals(amount as never)}</span>
}

function Typed({ field, value, onChange, readOnly, disabled, ...rest }: InputProps<NumberSettings, string>) {
  return (
    <>
      <NumberBox
        settings={field}
        value={value}
        onChange={onChange}
        disabled={disabled || readOnly}
        placeholder={field.placeholder}
        label={field.label}
        {...{ id: rest.id, status: rest.status, describedBy: rest.describedBy }}
      />
      <Capital field={field} value={value} />
    </>
  )
}

export default fieldType<NumberSettings, string>({
  label: { zh: '数字', en: 'Number' },
  icon: Hash,
  group: 'basic',
  rank: 3,
  kind: 'number',
  blank: {},
  align: 'right',
  columnWidth: 118,
  Input: Typed,
  Cell: ({ field, value }) => {
    const text = shownNumber(value, field)
    return (
      <span className={`tabular ${css.cut}`} title={text}>
        {text}
      </span>
    )
  },
  Display: ({ field, value }) => (
    <span className="tabular">
      {shownNumber(value, field)} <Capital field={field} value={value} />
    </span>
  ),
  FilterInput: Operand,
  fit: fitted,
  Settings: NumberSettingsPane,
  read: (field, value) =>
    Array.isArray(value) ? value.map((each) => shownNumber(each, field)).join(' ~ ') : shownNumber(value, field),
})
