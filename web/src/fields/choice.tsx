/** One of several options 单选/下拉. */
import { Radio, Select } from 'antd'
import { CircleDot } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { fieldType, type InputProps, type SettingsProps } from './field'
import { entries, HeldTag, OptionOperand, OptionTag, readOptions } from './parts/choosing'
import { Cut } from './parts/cut'
import css from './parts/fields.module.css'
import { ShownAs } from './parts/how-many'
import { mentionsOf } from './parts/mentioned'
import { choosable, firstOptions, type OptionSettings, optionOf } from './parts/options'
import { OptionsSetting } from './parts/options-source'
import { isOther, OTHER, OtherBox } from './parts/other'
import { Settings, Toggle } from './parts/setting'
import { type Asking, useOptions } from './parts/use-options'

const LOOKS = { dropdown: 'fields.asDropdown', radio: 'fields.asRadio', buttons: 'fill.asButtons' } as const

interface ChoiceSettings extends OptionSettings {
  shown_as?: keyof typeof LOOKS
  other?: boolean
}

type Props = InputProps<ChoiceSettings, string>

function Radios({ field, value, onChange, disabled, readOnly, describedBy }: Props) {
  const t = useT()
  const own = field.other ? [{ value: OTHER, label: t('fill.ownAnswer') }] : []
  const options = choosable(field.options, value ? [value] : []).map(({ id, label }) => ({ value: id, label }))
  return (
    <Radio.Group
      value={isOther(value) ? OTHER : value}
      disabled={disabled || readOnly}
      aria-label={field.label}
      aria-describedby={describedBy}
      className={css.choices}
      optionType={field.shown_as === 'buttons' ? 'button' : 'default'}
      options={[...options, ...own]}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

function Dropdown({ field, value, onChange, id, asking, ...rest }: Props & { asking: Asking }) {
  const t = useT()
  const own = field.other
    ? [{ value: OTHER, text: t('fill.ownAnswer'), label: <span className={css.quiet}>{t('fill.ownAnswer')}</span> }]
    : []
  return (
    <Select
      id={id}
      style={{ width: '100%' }}
      value={isOther(value) ? OTHER : (value ?? undefined)}
      options={[...entries(field, value ? [value] : []), ...own]}
      labelRender={({ value: held }) =>
        held === OTHER ? t('fill.ownAnswer') : <HeldTag field={field} id={String(held)} />
      }
      showSearch={
        asking || (field.options?.length ?? 0) > 7 ? { optionFilterProp: 'text', onSearch: asking?.onSearch } : false
      }
      loading={asking?.loading}
      onOpenChange={asking?.onOpenChange}
      notFoundContent={asking?.loading ? t('ui.loading') : t('fields.noOption')}
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

function Pick(props: Props) {
  const { value, values, onChange, disabled, readOnly } = props
  const down = (props.field.shown_as ?? 'dropdown') === 'dropdown'
  const { options, asking } = useOptions(props.field, values, value ? [value] : [], !down)
  const field = { ...props.field, options }
  return (
    <>
      {down ? <Dropdown {...props} {...{ field, asking }} /> : <Radios {...props} field={field} />}
      {isOther(value) ? <OtherBox {...{ value, onChange }} disabled={disabled || readOnly} /> : null}
    </>
  )
}

function Pane({ field, onChange }: SettingsProps<ChoiceSettings>) {
  const t = useT()
  return (
    <Settings>
      <OptionsSetting field={field} onChange={onChange} />
      <ShownAs looks={LOOKS} value={field.shown_as ?? 'dropdown'} onChange={(shown_as) => onChange({ shown_as })} />
      <Toggle
        label={t('fill.allowOther')}
        on={field.other === true}
        onChange={(other) => onChange({ other: other || undefined })}
      />
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
  mentions: mentionsOf,
  Input: Pick,
  Cell: ({ field, value }) => {
    if (!value) return null
    const option = optionOf(field.options, value)
    return field.source ? <Cut text={option.label} /> : <OptionTag option={option} />
  },
  FilterInput: OptionOperand,
  Settings: Pane,
  read: readOptions,
})
