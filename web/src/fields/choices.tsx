/** Any number of options 复选. */
import { Select } from 'antd'
import { ListChecks } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { fieldType, type InputProps, type SettingsProps } from './field'
import { entries, OptionOperand, OptionTags, readOptions } from './parts/choosing'
import { firstOptions, type OptionSettings } from './parts/options'
import { OptionsEditor } from './parts/options-editor'
import { Settings, Whole } from './parts/setting'

interface ChoicesSettings extends OptionSettings {
  max_count?: number | null
}

function Many({ field, value, onChange, id, ...rest }: InputProps<ChoicesSettings, string[]>) {
  const t = useT()
  return (
    <Select
      id={id}
      mode="multiple"
      style={{ width: '100%' }}
      value={value ?? []}
      maxCount={field.max_count ?? undefined}
      options={entries(field.options, value ?? [])}
      showSearch={{ optionFilterProp: 'text' }}
      allowClear
      placeholder={field.placeholder || t('fields.choose')}
      disabled={rest.disabled || rest.readOnly}
      status={rest.status}
      aria-label={field.label}
      aria-describedby={rest.describedBy}
      onChange={(next: string[]) => onChange(next.length === 0 ? null : next)}
    />
  )
}

function Pane({ field, onChange }: SettingsProps<ChoicesSettings>) {
  const t = useT()
  return (
    <Settings>
      <OptionsEditor options={field.options ?? []} onChange={(options) => onChange({ options })} />
      <Whole
        label={t('fields.mostChosen')}
        value={field.max_count}
        min={1}
        placeholder={t('fields.unlimited')}
        onChange={(max_count) => onChange({ max_count })}
      />
    </Settings>
  )
}

export default fieldType<ChoicesSettings, string[]>({
  label: { zh: '多选', en: 'Choices' },
  icon: ListChecks,
  group: 'choice',
  rank: 2,
  kind: 'list',
  blank: { options: firstOptions() },
  columnWidth: 180,
  options: (field) => field.options ?? [],
  Input: Many,
  Cell: ({ field, value }) => (value ? <OptionTags options={field.options} ids={value} /> : null),
  Display: ({ field, value }) => (value ? <OptionTags options={field.options} ids={value} wrap /> : null),
  FilterInput: OptionOperand,
  Settings: Pane,
  read: readOptions,
})
