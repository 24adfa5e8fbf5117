/** One of several options 单选/下拉. */
import { Radio, Segmented, Select } from 'antd'
import { CircleDot } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { fieldType, type InputProps, type SettingsProps } from './field'
import { entries, OptionOperand, OptionTag, readOptions } from './parts/choosing'
import { choosable, firstOptions, type OptionSettings, optionOf } from './parts/options'
import { OptionsEditor } from './parts/options-editor'
import { Setting, Settings } from './parts/setting'

interface ChoiceSettings extends OptionSettings {
  shown_as?: 'dropdown' | 'radio'
}

function Radios({ field, value, onChange, disabled, readOnly, describedBy }: InputProps<ChoiceSettings, string>) {
  return (
    <Radio.Group
      value={value}
      disabled={disabled || readOnly}
      aria-label={field.label}
      aria-describedby={describedBy}
      style={{ minHeight: 32, alignItems: 'center', display: 'flex', flexWrap: 'wrap', gap: '4px 8px' }}
      options={choosable(field.options, value ? [value] : []).map((each) => ({ value: each.id, label: each.label }))}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

function Dropdown({ field, value, onChange, id, ...rest }: InputProps<ChoiceSettings, string>) {
  const t = useT()
  return (
    <Select
      id={id}
      style={{ width: '100%' }}
      value={value ?? undefined}
      options={entries(field.options, value ? [value] : [])}
      labelRender={({ value: held }) => <OptionTag option={optionOf(field.options, String(held))} />}
      showSearch={(field.options?.length ?? 0) > 7 ? { optionFilterProp: 'text' } : false}
      allowClear={!field.required}
      placeholder={field.placeholder || t('fields.choose')}
      disabled={rest.disabled || rest.readOnly}
      status={rest.status}
      aria-label={field.label}
      aria-describedby={rest.describedBy}
      onChange={(next) => onChange(next ?? null)}
    />
  )
}

function Pane({ field, onChange }: SettingsProps<ChoiceSettings>) {
  const t = useT()
  return (
    <Settings>
      <OptionsEditor options={field.options ?? []} onChange={(options) => onChange({ options })} />
      <Setting label={t('fields.shownAs')}>
        <Segmented
          block
          value={field.shown_as ?? 'dropdown'}
          options={[
            { value: 'dropdown', label: t('fields.asDropdown') },
            { value: 'radio', label: t('fields.asRadio') },
          ]}
          onChange={(shown_as) => onChange({ shown_as: shown_as as ChoiceSettings['shown_as'] })}
        />
      </Setting>
    </Settings>
  )
}

export default fieldType<ChoiceSettings, string>({
  label: { zh: '单选', en: 'Choice' },
  icon: CircleDot,
  group: 'choice',
  rank: 1,
  kind: 'text',
  blank: { options: firstOptions() },
  columnWidth: 112,
  options: (field) => field.options ?? [],
  operators: ['in', 'not_in', 'empty', 'not_empty'],
  Input: (props) => (props.field.shown_as === 'radio' ? <Radios {...props} /> : <Dropdown {...props} />),
  Cell: ({ field, value }) => (value ? <OptionTag option={optionOf(field.options, value)} /> : null),
  FilterInput: OptionOperand,
  Settings: Pane,
  read: readOptions,
})
