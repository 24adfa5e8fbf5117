/** Boxes for an address 地址输入: regions from the table, the rest typed; fetched with the first address. */
import { Cascader, Input } from 'antd'
import { useMemo, useState } from 'react'
import type { FilterInputProps, InputProps } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { useRegions } from '@/ui/fill/regions'
import { type AddressSettings, joined, LEVELS, PARTS, partsOf } from './address'
import css from './fields.module.css'

function useTable(field: AddressSettings, wanted: boolean) {
  const depth = LEVELS.indexOf(field.level ?? 'district') + 1
  return useRegions(wanted, depth)
}

/** A region and the rest. */
export function AddressBoxes({
  field,
  value,
  onChange,
  disabled,
  readOnly,
  ...rest
}: InputProps<AddressSettings, string>) {
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
        classNames={{ popup: { root: css.regions } }}
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
export function AddressOperand({ field, operator, value, onChange }: FilterInputProps<AddressSettings>) {
  const t = useT()
  const table = useTable(field, operator === 'starts')
  const text = typeof value === 'string' ? value : ''
  if (operator === 'starts')
    return (
      <Cascader
        style={{ width: '100%' }}
        options={table}
        classNames={{ popup: { root: css.regions } }}
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
