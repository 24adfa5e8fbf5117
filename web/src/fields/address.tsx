/** A postal address 地址: province, city, district from a table, and the rest typed. */
import { Cascader, Input, Segmented } from 'antd'
import { MapPinned } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useT } from '@/i18n/i18n'
import { useRegions } from '@/ui/fill/regions'
import { type FilterInputProps, fieldType, type InputProps, type Json, type SettingsProps } from './field'
import { Cut } from './parts/cut'
import css from './parts/fields.module.css'
import { Setting, Settings, Toggle } from './parts/setting'

const LEVELS = ['province', 'city', 'district'] as const
const PARTS = 4

interface AddressSettings {
  level?: (typeof LEVELS)[number]
  detail?: boolean
}

/** Province, city, district and the rest; what is not there is "". */
export function partsOf(value: Json | undefined): string[] {
  const text = typeof value === 'string' ? value : ''
  const found = text.split('/')
  return [...found.slice(0, PARTS - 1), found.slice(PARTS - 1).join('/'), '', '', ''].slice(0, PARTS)
}

function joined(parts: string[]): string | null {
  return parts.join('/').replace(/\/+$/, '') || null
}

/** As on an envelope; a city that is a province is said once. */
export function spoken(value: Json | undefined): string {
  const [province = '', city = '', district = '', detail = ''] = partsOf(value)
  const regions = [province, city, district].filter((each, at, all) => each && all.indexOf(each) === at)
  const near = /^[\x20-\x7e]*$/.test(regions[0] ?? '') ? regions.join(', ') : regions.join('')
  return `${near} ${detail}`.trim()
}

function useTable(field: AddressSettings, wanted: boolean) {
  const depth = LEVELS.indexOf(field.level ?? 'district') + 1
  return useRegions(wanted, depth)
}

function Boxes({ field, value, onChange, disabled, readOnly, ...rest }: InputProps<AddressSettings, string>) {
  const t = useT()
  const [wanted, setWanted] = useState(false)
  const table = useTable(field, wanted)
  const parts = useMemo(() => partsOf(value), [value])
  const regions = parts.slice(0, PARTS - 1).filter(Boolean)
  const locked = disabled || readOnly
  const pick = (next: string[] | undefined) => {
    const found = next ?? []
    onChange(joined([found[0] ?? '', found[1] ?? '', found[2] ?? '', parts[PARTS - 1] ?? '']))
  }
  return (
    <div className={css.address}>
      <Cascader
        id={rest.id}
        style={{ width: '100%' }}
        options={table}
        value={regions.length > 0 ? regions : undefined}
        showSearch
        changeOnSelect
        allowClear={!field.required}
        disabled={locked}
        status={rest.status}
        placeholder={field.placeholder || t('fill.regionPick')}
        aria-label={field.label}
        aria-describedby={rest.describedBy}
        onFocus={() => setWanted(true)}
        onOpenChange={() => setWanted(true)}
        onChange={(next) => pick(next as string[] | undefined)}
      />
      {field.detail === false ? null : (
        <Input
          value={parts[PARTS - 1]}
          maxLength={300}
          disabled={locked}
          placeholder={t('fill.detail')}
          aria-label={`${field.label}: ${t('fill.detail')}`}
          autoComplete="street-address"
          onChange={(event) => onChange(joined([...parts.slice(0, PARTS - 1), event.target.value]))}
        />
      )}
    </div>
  )
}

/** Within a region by the table; anything else is a part of the text. */
function Operand({ field, operator, value, onChange }: FilterInputProps<AddressSettings>) {
  const t = useT()
  const table = useTable(field, operator === 'starts')
  const text = typeof value === 'string' ? value : ''
  if (operator === 'starts')
    return (
      <Cascader
        style={{ width: '100%' }}
        options={table}
        value={text ? text.split('/').filter(Boolean) : undefined}
        changeOnSelect
        showSearch
        placeholder={t('fill.regionPick')}
        aria-label={field.label}
        onChange={(next) => onChange(((next as string[] | undefined) ?? []).join('/') || null)}
      />
    )
  return <Input value={text} aria-label={field.label} onChange={(event) => onChange(event.target.value)} />
}

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
