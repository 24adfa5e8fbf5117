/** A time of day 时间: no day, no zone. */
import { Input, Segmented, TimePicker } from 'antd'
import dayjs from 'dayjs'
import { AlarmClock } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { useIsPhone } from '@/lib/use-is-phone'
import { type FilterInputProps, fieldType, type InputProps, type Json, type SettingsProps } from './field'
import css from './parts/fields.module.css'
import { Setting, Settings } from './parts/setting'

interface TimeSettings {
  precision?: 'minute' | 'second'
  min?: string | null
  max?: string | null
}

type TimeBoxProps = Pick<InputProps<TimeSettings, string>, 'id' | 'status' | 'disabled' | 'describedBy'> & {
  settings: TimeSettings
  value: Json
  onChange: (value: string | null) => void
  label: string
  placeholder?: string
}

function TimeBox({ settings, value, onChange, label, describedBy, ...rest }: TimeBoxProps) {
  const phone = useIsPhone()
  const shape = settings.precision === 'second' ? 'HH:mm:ss' : 'HH:mm'
  const time = typeof value === 'string' && value ? dayjs(`2000-01-01T${value}`) : null
  const given = { ...rest, 'aria-label': label, 'aria-describedby': describedBy }
  if (phone)
    return (
      <Input
        {...given}
        type="time"
        step={settings.precision === 'second' ? 1 : undefined}
        min={settings.min ?? undefined}
        max={settings.max ?? undefined}
        value={time?.isValid() ? time.format(shape) : ''}
        onChange={(event) => onChange(event.target.value || null)}
      />
    )
  return (
    <TimePicker
      {...given}
      style={{ width: '100%' }}
      format={[shape, 'HHmm', 'H:m']}
      needConfirm={false}
      value={time?.isValid() ? time : null}
      onChange={(next) => onChange(next ? (next as dayjs.Dayjs).format(shape) : null)}
    />
  )
}

function Operand({ field, operator, value, onChange }: FilterInputProps<TimeSettings>) {
  if (operator !== 'between') return <TimeBox settings={field} value={value} onChange={onChange} label={field.label} />
  const [from = null, to = null] = Array.isArray(value) ? value : []
  return (
    <div className={css.pair}>
      <TimeBox settings={field} value={from} onChange={(next) => onChange([next, to])} label={`${field.label} ≥`} />
      <TimeBox settings={field} value={to} onChange={(next) => onChange([from, next])} label={`${field.label} ≤`} />
    </div>
  )
}

function Pane({ field, onChange }: SettingsProps<TimeSettings>) {
  const t = useT()
  return (
    <Settings>
      <Setting label={t('fill.precision')}>
        <Segmented
          block
          value={field.precision ?? 'minute'}
          options={(['minute', 'second'] as const).map((value) => ({ value, label: t(`fill.precision_${value}`) }))}
          onChange={(precision) => onChange({ precision: precision === 'second' ? precision : undefined })}
        />
      </Setting>
      <div className={css.pair}>
        <Setting label={t('fill.earliestTime')}>
          <TimeBox
            settings={{}}
            value={field.min ?? null}
            label={t('fill.earliestTime')}
            onChange={(min) => onChange({ min: min ?? undefined })}
          />
        </Setting>
        <Setting label={t('fill.latestTime')}>
          <TimeBox
            settings={{}}
            value={field.max ?? null}
            label={t('fill.latestTime')}
            onChange={(max) => onChange({ max: max ?? undefined })}
          />
        </Setting>
      </div>
    </Settings>
  )
}

export default fieldType<TimeSettings, string>({
  label: { zh: '时间', en: 'Time' },
  icon: AlarmClock,
  group: 'basic',
  rank: 5.6,
  kind: 'text',
  shape: 'time',
  blank: {},
  columnWidth: 90,
  operators: ['eq', 'ne', 'ge', 'le', 'between', 'empty', 'not_empty'],
  Input: ({ field, value, onChange, disabled, readOnly, ...rest }) => (
    <TimeBox
      settings={field}
      {...{ value, onChange, id: rest.id, status: rest.status, describedBy: rest.describedBy }}
      label={field.label}
      placeholder={field.placeholder || undefined}
      disabled={disabled || readOnly}
    />
  ),
  Cell: ({ value }) => <span className="tabular">{value}</span>,
  FilterInput: Operand,
  Settings: Pane,
  fit: (field, value) =>
    typeof value === 'string' && value ? value.slice(0, field.precision === 'second' ? 8 : 5) : null,
  read: (_, value) => (Array.isArray(value) ? value.join(' ~ ') : String(value ?? '')),
})
