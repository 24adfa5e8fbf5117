/** A box for a day or a moment 日期框: a calendar on a desktop, the phone's own picker on a phone. */
import { DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import type { FilterInputProps, InputProps, Json } from '@/fields/field'
import { type T, t as translate, useT } from '@/i18n/i18n'
import { formatTime } from '@/lib/format'
import { useIsPhone } from '@/lib/use-is-phone'
import { instantAt, wallClock } from '@/lib/zone'
import { type BoundSettings, daysAllowed, isOutside } from './bounds'
import css from './fields.module.css'
import { PERIODS, periodName, periodOf } from './period'

interface DayBoxProps {
  value: Json
  onChange: (value: string | null) => void
  /** With hours and minutes; the value is then an instant in UTC. */
  moment?: boolean
  id?: string
  placeholder?: string
  disabled?: boolean
  status?: 'error' | 'warning'
  describedBy?: string
  label?: string
  /** How exact a moment is. */
  precision?: 'hour' | 'minute' | 'second'
  /** Days that may not be chosen. */
  outside?: (day: dayjs.Dayjs) => boolean
  allowed?: { min?: string; max?: string }
}

const CLOCK = { hour: 'HH', minute: 'HH:mm', second: 'HH:mm:ss' } as const

/** A day or a moment. */
export function DayBox(props: DayBoxProps) {
  const { value, onChange, moment = false, label, describedBy, precision = 'minute', outside, allowed, ...rest } = props
  const phone = useIsPhone()
  const shown = typeof value === 'string' && moment ? wallClock(value) : value
  const day = typeof shown === 'string' && dayjs(shown).isValid() ? dayjs(shown) : null
  const stored = (next: dayjs.Dayjs) =>
    moment ? instantAt(next.format('YYYY-MM-DDTHH:mm:ss')) : next.format('YYYY-MM-DD')
  if (phone)
    return (
      <Input
        {...rest}
        type={moment ? 'datetime-local' : 'date'}
        step={moment && precision === 'second' ? 1 : undefined}
        min={allowed?.min && moment ? `${allowed.min}T00:00` : allowed?.min}
        max={allowed?.max && moment ? `${allowed.max}T23:59` : allowed?.max}
        aria-label={label}
        aria-describedby={describedBy}
        value={
          day?.format(moment ? `YYYY-MM-DDT${precision === 'second' ? CLOCK.second : CLOCK.minute}` : 'YYYY-MM-DD') ??
          ''
        }
        onChange={(event) => onChange(event.target.value ? stored(dayjs(event.target.value)) : null)}
      />
    )
  return (
    <DatePicker
      {...rest}
      style={{ width: '100%' }}
      aria-label={label}
      aria-describedby={describedBy}
      showTime={moment ? { format: CLOCK[precision] } : false}
      disabledDate={outside}
      minDate={allowed?.min ? dayjs(allowed.min) : undefined}
      maxDate={allowed?.max ? dayjs(`${allowed.max}T23:59:59`) : undefined}
      format={
        moment
          ? `YYYY-MM-DD ${precision === 'hour' ? CLOCK.minute : CLOCK[precision]}`
          : ['YYYY-MM-DD', 'YYYYMMDD', 'YYYY/M/D', 'YYYY.M.D', 'YYYY年M月D日', 'M-D', 'M/D']
      }
      value={day}
      onChange={(next) => onChange(next ? stored(next as dayjs.Dayjs) : null)}
    />
  )
}

/** The input of a field that holds a day or a moment. */
export function dayInput(moment: boolean) {
  return function DayInput({
    field,
    value,
    onChange,
    readOnly,
    disabled,
    values: _,
    ...rest
  }: InputProps<BoundSettings & { precision?: 'hour' | 'minute' | 'second' }, string>) {
    const { id, status, describedBy } = rest
    return (
      <DayBox
        {...{ id, status, describedBy, moment, value, onChange }}
        disabled={disabled || readOnly}
        placeholder={field.placeholder || undefined}
        label={field.label}
        precision={field.precision}
        outside={isOutside(field)}
        allowed={daysAllowed(field)}
      />
    )
  }
}

/** A period in words, also one that has no name: "未来 60 天". */
function periodWords(value: Json, t: T): string {
  const name = periodName(value)
  if (name) return t(`fields.period_${name}`)
  const asked = periodOf(value)
  if (!asked) return ''
  const { unit, offset, count } = asked
  const way = offset === 0 ? 'coming' : offset + count === 1 ? 'past' : 'from'
  return t(`fields.stretch_${way}`, { count, offset, unit: t(`fields.units_${unit}`) })
}

/** Periods by their names, today among them as a moving day. */
function Within({ field, value, onChange }: FilterInputProps<object>) {
  const t = useT()
  const named = Object.keys(PERIODS).map((name) => ({ value: name, label: t(`fields.period_${name}`) }))
  const own = periodName(value) === '' && periodOf(value) ? [{ value: 'own', label: periodWords(value, t) }] : []
  return (
    <Select
      style={{ width: '100%' }}
      aria-label={field.label}
      value={periodName(value) || own[0]?.value}
      placeholder={t('fields.period')}
      options={[...own, ...named]}
      onChange={(name) => name !== 'own' && onChange({ ...PERIODS[name] } as unknown as Json)}
    />
  )
}

/** A filter's operand over time: a period by name, a day, or two days; moments are compared by day. */
export function DayOperand(props: FilterInputProps<object>) {
  const { field, operator, value, onChange } = props
  if (operator === 'within') return <Within {...props} />
  if (operator !== 'between') return <DayBox value={value} onChange={onChange} label={field.label} />
  const [from = null, to = null] = Array.isArray(value) ? value : []
  return (
    <div className={css.pair}>
      <DayBox value={from} onChange={(next) => onChange([next, to])} label={`${field.label} ≥`} />
      <DayBox value={to} onChange={(next) => onChange([from, next])} label={`${field.label} ≤`} />
    </div>
  )
}

/** A filter's operand over time in words. */
export function readDays(value: Json, t: T = translate): string {
  if (Array.isArray(value)) return value.map((each) => readDays(each, t)).join(' ~ ')
  const period = periodWords(value, t)
  if (period) return period
  if (value === '@today') return t('fields.period_today')
  if (typeof value === 'string') return /T/.test(value) ? formatTime(value) : value
  return value === null ? '' : JSON.stringify(value)
}
