/** A postal address 地址: province, city, district from a table, and the rest typed. */
import { Segmented } from 'antd'
import { MapPinned } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { fieldType, type SettingsProps } from './field'
import { type AddressSettings, LEVELS, spoken } from './parts/address'
import { Cut } from './parts/cut'
import { later } from './parts/later'
import { Setting, Settings, Toggle } from './parts/setting'

const Boxes = later(() => import('./parts/address-boxes').then(({ AddressBoxes }) => AddressBoxes))
const Operand = later(() => import('./parts/address-boxes').then(({ AddressOperand }) => AddressOperand))

function Pane({ field, onChange }: SettingsProps<AddressSettings>) {
  const t = useT()
  return (
    <Settings>
      <Setting label={t('fill.regionLevel')}>
        <Segmented
          block
          value={field.level ?? 'district'}
          options={LEVELS.map((value) => ({ value, label: t(`fill.${value}`) }))}
          onChange={(level) => onChange({ level: level === 'district' ? undefined : level })}
        />
      </Setting>
      <Toggle
        label={t('fill.askDetail')}
        on={field.detail !== false}
        onChange={(on) => onChange({ detail: on ? undefined : false })}
      />
    </Settings>
  )
}

export default fieldType<AddressSettings, string>({
  label: { zh: '地址', en: 'Address' },
  icon: MapPinned,
  group: 'advanced',
  rank: 5,
  kind: 'text',
  blank: {},
  columnWidth: 220,
  operators: ['starts', 'contains', 'not_contains', 'empty', 'not_empty'],
  Input: Boxes,
  Cell: ({ value }) => <Cut text={spoken(value)} />,
  Display: ({ value }) => <span>{spoken(value)}</span>,
  FilterInput: Operand,
  Settings: Pane,
  read: (_, value) => String(value ?? '').replace(/\//g, ' / '),
})
