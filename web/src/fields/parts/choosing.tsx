/** Options shown and picked 选项的显示与选择, for one or many. */
import { Select } from 'antd'
import type { FilterInputProps, Json, Option } from '@/fields/field'
import { Tag } from '@/ui/tag'
import css from './fields.module.css'
import { choosable, type OptionSettings, optionOf } from './options'

/** An option as a word on its hue. */
export function OptionTag({ option }: { option: Option }) {
  return <Tag hue={option.color}>{option.label}</Tag>
}

/** Several options in a row; `wrap` where there is room. */
export function OptionTags({ options, ids, wrap = false }: { options?: Option[]; ids: string[]; wrap?: boolean }) {
  return (
    <span className={wrap ? css.tagsWrap : css.tags}>
      {ids.map((id) => (
        <OptionTag key={id} option={optionOf(options, id)} />
      ))}
    </span>
  )
}

/** The entries of a select, searched by label. */
export function entries(options: Option[] | undefined, held: string[]) {
  return choosable(options, held).map((each) => ({
    value: each.id,
    text: each.label,
    label: <OptionTag option={each} />,
  }))
}

/** Ids in a filter's operand. */
export function idsOf(value: Json | undefined): string[] {
  if (typeof value === 'string' && value !== '') return [value]
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : []
}

/** A filter's operand over options: any number of them. */
export function OptionOperand({ field, value, onChange }: FilterInputProps<OptionSettings>) {
  const all = (field.options ?? []).map((each) => ({
    value: each.id,
    text: each.label,
    label: <OptionTag option={each} />,
  }))
  return (
    <Select
      mode="multiple"
      style={{ width: '100%' }}
      value={idsOf(value)}
      options={all}
      showSearch={{ optionFilterProp: 'text' }}
      aria-label={field.label}
      onChange={(ids) => onChange(ids)}
      maxTagCount="responsive"
    />
  )
}

/** A filter's operand of ids in words; `moving` are those that mean another one for each reader. */
export function readNames(value: Json, nameOf: (id: string) => string, moving: Record<string, string> = {}): string {
  return idsOf(value)
    .map((id) => moving[id] ?? nameOf(id))
    .join(', ')
}

/** A filter's operand over options in words. */
export function readOptions(field: OptionSettings, value: Json): string {
  return idsOf(value)
    .map((id) => optionOf(field.options, id).label)
    .join(', ')
}
