/** Where a stretch of time is chosen 时长输入. */
import { InputNumber, Select, Space } from 'antd'
import { useT } from '@/i18n/i18n'
import { readSpan, type Span, UNITS, type Unit, writeSpan } from './span'

interface SpanBoxProps {
  value: string | undefined
  onChange: (text: string) => void
  label: string
}

const NEW: Span = { count: 1, unit: 'days', before: false }

/** A number and a unit. */
export function SpanBox({ value, onChange, label }: SpanBoxProps) {
  const t = useT()
  const span = readSpan(value) ?? NEW
  const set = (patch: Partial<Span>) => onChange(writeSpan({ ...span, ...patch }))
  return (
    <Space.Compact style={{ width: '100%' }}>
      <InputNumber
        min={0}
        max={525_600}
        value={span.count}
        aria-label={label}
        style={{ width: '50%' }}
        onChange={(count) => set({ count: count ?? 0 })}
      />
      <Select
        value={span.unit}
        aria-label={t('asking.unit')}
        style={{ width: '50%' }}
        options={UNITS.map((unit) => ({ value: unit, label: t(`asking.units.${unit}`) }))}
        onChange={(unit: Unit) => set({ unit })}
      />
    </Space.Compact>
  )
}
