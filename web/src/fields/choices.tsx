/** Any number of options 复选. */
import { Checkbox, Select, Tag } from 'antd'
import { ListChecks } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { fieldType, type InputProps, type SettingsProps } from './field'
import { entries, OptionOperand, OptionTags, readOptions } from './parts/choosing'
import css from './parts/fields.module.css'
import { HowMany, ShownAs } from './parts/how-many'
import { mentionsOf } from './parts/mentioned'
import { choosable, firstOptions, type OptionSettings } from './parts/options'
import { OptionsSetting } from './parts/options-source'
import { isOther, OTHER, OtherBox } from './parts/other'
import { Settings, Toggle } from './parts/setting'
import { type Asking, useOptions } from './parts/use-options'

const LOOKS = { dropdown: 'fields.asDropdown', checkbox: 'fill.asCheckbox', buttons: 'fill.asButtons' } as const

interface ChoicesSettings extends OptionSettings {
  shown_as?: keyof typeof LOOKS
  other?: boolean
  min_count?: number | null
  max_count?: number | null
}

type Props = InputProps<ChoicesSettings, string[]>

/** What is chosen with any answer of one's own as the one word that stands for it. */
const plain = (value: string[] | null) => (value ?? []).map((each) => (isOther(each) ? OTHER : each))

/** The chosen ones with the answer of one's own that was typed before. */
function kept(next: string[], value: string[] | null): string[] | null {
  const own = value?.find(isOther) ?? OTHER
  const found = next.map((each) => (each === OTHER ? own : each))
  return found.length === 0 ? null : found
}

type LookProps = Props & { asking: Asking }

function Dropdown({ field, value, onChange, id, asking, ...rest }: LookProps) {
  const t = useT()
  const own = field.other ? [{ value: OTHER, text: t('fill.ownAnswer'), label: t('fill.ownAnswer') }] : []
  return (
    <Select
      id={id}
      mode="multiple"
      style={{ width: '100%' }}
      value={plain(value)}
      maxCount={field.max_count ?? undefined}
      options={[...entries(field, value ?? []), ...own]}
      showSearch={{ optionFilterProp: 'text', onSearch: asking?.onSearch }}
      loading={asking?.loading}
      onOpenChange={asking?.onOpenChange}
      notFoundContent={asking?.loading ? t('ui.loading') : t('fields.noOption')}
      allowClear
      placeholder={field.placeholder || t('fields.choose')}
      disabled={rest.disabled || rest.readOnly}
      status={rest.status}
      aria-label={field.label}
      aria-describedby={rest.describedBy}
      onChange={(next: string[]) => onChange(kept(next, value))}
    />
  )
}

function useBoxes({ field, value, disabled, readOnly }: Props) {
  const t = useT()
  const chosen = plain(value)
  const full = field.max_count ? chosen.length >= field.max_count : false
  const own = field.other ? [{ id: OTHER, label: t('fill.ownAnswer') }] : []
  const options = [...choosable(field.options, value ?? []), ...own].map(({ id, label }) => ({
    value: id,
    label,
    disabled: disabled || readOnly || (full && !chosen.includes(id)),
  }))
  return { chosen, options }
}

function Boxes(props: LookProps) {
  const { field, value, onChange, describedBy } = props
  const { chosen, options } = useBoxes(props)
  return (
    <Checkbox.Group
      value={chosen}
      options={options}
      className={css.choices}
      aria-label={field.label}
      aria-describedby={describedBy}
      onChange={(next) => onChange(kept(next as string[], value))}
    />
  )
}

function Buttons(props: LookProps) {
  const { field, value, onChange } = props
  const { chosen, options } = useBoxes(props)
  const toggle = (id: string, on: boolean) =>
    onChange(kept(on ? [...chosen, id] : chosen.filter((each) => each !== id), value))
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame
    <div className={css.choices} role="group" aria-label={field.label}>
      {options.map(({ value: id, label, disabled }) => (
        <Tag.CheckableTag
          key={id}
          className={css.chip}
          checked={chosen.includes(id)}
          onChange={(on) => (disabled ? undefined : toggle(id, on))}
        >
          {label}
        </Tag.CheckableTag>
      ))}
    </div>
  )
}

function Many(props: Props) {
  const { value, values, onChange, disabled, readOnly } = props
  const own = value?.find(isOther)
  const shown = props.field.shown_as ?? 'dropdown'
  const { options, asking } = useOptions(props.field, values, value ?? [], shown !== 'dropdown')
  const Look = { dropdown: Dropdown, checkbox: Boxes, buttons: Buttons }[shown]
  return (
    <>
      <Look {...props} field={{ ...props.field, options }} asking={asking} />
      {own === undefined ? null : (
        <OtherBox
          value={own}
          disabled={disabled || readOnly}
          onChange={(next) => onChange((value ?? []).map((each) => (isOther(each) ? next : each)))}
        />
      )}
    </>
  )
}

function Pane({ field, onChange }: SettingsProps<ChoicesSettings>) {
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
      <HowMany field={field} onChange={onChange} />
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
  mentions: mentionsOf,
  Input: Many,
  Cell: ({ field, value }) => (value ? <OptionTags options={field.options} ids={value} /> : null),
  Display: ({ field, value }) => (value ? <OptionTags options={field.options} ids={value} wrap /> : null),
  FilterInput: OptionOperand,
  Settings: Pane,
  read: readOptions,
})
