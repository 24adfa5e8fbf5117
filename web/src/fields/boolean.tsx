/** Yes or no 是否. */
import { Checkbox, Segmented, Select, Switch } from 'antd'
import { Check, ToggleLeft } from 'lucide-react'
import { t, useT } from '@/i18n/i18n'
import { type FilterInputProps, fieldType, type InputProps, type SettingsProps } from './field'
import { Setting, Settings } from './parts/setting'

interface BooleanSettings {
  shown_as?: 'switch' | 'checkbox'
}

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

function Toggle({ field, value, onChange, id, disabled, readOnly, describedBy }: InputProps<BooleanSettings, boolean>) {
  const given = {
    id,
    checked: value === true,
    disabled: disabled || readOnly,
    'aria-label': field.label,
    'aria-describedby': describedBy,
  }
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', minHeight: 32 }}>
      {field.shown_as === 'checkbox' ? (
        <Checkbox {...given} onChange={(event) => onChange(event.target.checked)} />
      ) : (
        <Switch {...given} onChange={onChange} />
      )}
    </span>
  )
}

function Pane({ field, onChange }: SettingsProps<BooleanSettings>) {
  const t = useT()
  return (
    <Settings>
      <Setting label={t('fields.shownAs')}>
        <Segmented
          block
          value={field.shown_as ?? 'switch'}
          options={[
            { value: 'switch', label: t('fill.asSwitch') },
            { value: 'checkbox', label: t('fill.asCheckbox') },
          ]}
          onChange={(shown_as) => onChange({ shown_as: shown_as as BooleanSettings['shown_as'] })}
        />
      </Setting>
    </Settings>
  )
}

export default fieldType<BooleanSettings, boolean>({
  label: { zh: '是否', en: 'Yes / No' },
  icon: ToggleLeft,
  group: 'basic',
  rank: 6,
  kind: 'boolean',
  blank: {},
  align: 'center',
  columnWidth: 88,
  Input: Toggle,
  Cell: ({ value }) => (value === true ? <Check size={16} color="var(--success)" aria-label={t('ui.yes')} /> : null),
  Display: function YesOrNo({ value }) {
    const t = useT()
    return value === null || value === undefined ? null : <span>{t(value ? 'ui.yes' : 'ui.no')}</span>
  },
  FilterInput: Operand,
  Settings: Pane,
  operators: ['eq', 'empty', 'not_empty'],
  read: (_, value) => t(value === true ? 'ui.yes' : 'ui.no'),
})
