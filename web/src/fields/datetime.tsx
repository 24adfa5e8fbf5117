/** A moment 日期时间: an instant, stored in UTC, shown in the reader's time zone. */
import { Segmented } from 'antd'
import { Clock } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { wallClock } from '@/lib/zone'
import { fieldType, type SettingsProps } from './field'
import { type BoundSettings, Bounds } from './parts/bounds'
import { DayOperand, dayInput, readDays } from './parts/day-box'
import { Setting, Settings } from './parts/setting'

const PRECISIONS = ['hour', 'minute', 'second'] as const

interface MomentSettings extends BoundSettings {
  precision?: (typeof PRECISIONS)[number]
}

function shown(value: string | null, { precision }: MomentSettings): string {
  if (!value) return ''
  return wallClock(value)
    .slice(0, precision === 'second' ? 19 : 16)
    .replace('T', ' ')
}

function Pane({ field, onChange }: SettingsProps<MomentSettings>) {
  const t = useT()
  return (
    <Settings>
      <Setting label={t('fill.precision')}>
        <Segmented
          block
          value={field.precision ?? 'minute'}
          options={PRECISIONS.map((value) => ({ value, label: t(`fill.precision_${value}`) }))}
          onChange={(precision) => onChange({ precision: precision === 'minute' ? undefined : precision })}
        />
      </Setting>
      <Bounds field={field} onChange={onChange} />
    </Settings>
  )
}

export default fieldType<MomentSettings, string>({
  label: { zh: '日期时间', en: 'Date and time' },
  icon: Clock,
  group: 'basic',
  rank: 5,
  kind: 'time',
  shape: 'datetime',
  blank: {},
  columnWidth: 150,
  Input: dayInput(true),
  Cell: ({ field, value }) => <span className="tabular">{shown(value, field)}</span>,
  FilterInput: DayOperand,
  Settings: Pane,
  read: (_, value) => readDays(value),
})
