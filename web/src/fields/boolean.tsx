/** Yes or no 是否. */
import { Select, Switch } from 'antd'
import { Check, ToggleLeft } from 'lucide-react'
import { t, useT } from '@/i18n/i18n'
import { type FilterInputProps, fieldType } from './field'

function Operand({ field, value, onChange }: FilterInputProps<object>) {
  const t = useT()
  return (
    <Select
      value={typeof value === 'boolean' ? value : undefined}
      aria-label={field.label}
      options={[
        { value: true, label: t('ui.yes') },
        { value: false, label: t('ui.no') },
      ]}
      onChange={onChange}
      style={{ width: '100%' }}
    />
  )
}

export default fieldType<object, boolean>({
  label: { zh: '是否', en: 'Yes / No' },
  icon: ToggleLeft,
  group: 'basic',
  rank: 6,
  kind: 'boolean',
  blank: {},
  align: 'center',
  columnWidth: 88,
  Input: ({ field, value, onChange, id, disabled, readOnly, describedBy }) => (
    <span style={{ display: 'inline-flex', alignItems: 'center', minHeight: 32 }}>
      <Switch
        id={id}
        checked={value === true}
        disabled={disabled || readOnly}
        aria-label={field.label}
        aria-describedby={describedBy}
        onChange={onChange}
      />
    </span>
  ),
  Cell: ({ value }) => (value === true ? <Check size={16} color="var(--success)" aria-label={t('ui.yes')} /> : null),
  Display: function YesOrNo({ value }) {
    const t = useT()
    return value === null || value === undefined ? null : <span>{t(value ? 'ui.yes' : 'ui.no')}</span>
  },
  FilterInput: Operand,
  operators: ['eq', 'empty', 'not_empty'],
  read: (_, value) => t(value === true ? 'ui.yes' : 'ui.no'),
})
