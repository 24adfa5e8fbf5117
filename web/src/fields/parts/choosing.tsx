/** Options shown and picked 选项的显示与选择, for one or many. */
import { Select } from 'antd'
import { useEffect, useState } from 'react'
import { useFieldContext } from '@/fields/context'
import type { FilterInputProps, Json, Option } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { Tag } from '@/ui/tag'
import css from './fields.module.css'
import { choosable, type OptionSettings, optionOf } from './options'

/** An option as a word on its hue. */
export function OptionTag({ option }: { option: Option }) {
  return <Tag hue={option.color}>{option.label}</Tag>
}

/** What a select shows of an option: words of another form's records plainly, what may only be kept faintly. */
function Offered({ option, plain }: { option: Option; plain: boolean }) {
  const t = useT()
  const shown = plain ? <span>{option.label}</span> : <OptionTag option={option} />
  if (!option.retired) return shown
  return (
    <span className={css.past} title={t('fields.notOffered')}>
      {shown}
    </span>
  )
}

/** What a select shows of a held one. */
export function HeldTag({ field, id }: { field: OptionSettings; id: string }) {
  return <Offered option={optionOf(field.options, id)} plain={Boolean(field.source)} />
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
export function entries({ options, source }: OptionSettings, held: string[]) {
  return choosable(options, held).map((each) => ({
    value: each.id,
    text: each.label,
    label: <Offered option={each} plain={Boolean(source)} />,
  }))
}

/** Ids in a filter's operand. */
export function idsOf(value: Json | undefined): string[] {
  if (typeof value === 'string' && value !== '') return [value]
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : []
}

/** What records hold in a choice whose options come from elsewhere; undefined until it is known, or nobody can tell. */
function useHeld(field: FilterInputProps<OptionSettings>['field'], asked: boolean): string[] | undefined {
  const { offered } = useFieldContext()
  const [texts, setTexts] = useState<string[]>()
  const tells = offered !== undefined && Boolean(field.source) && !field.id.includes('.')
  useEffect(() => {
    if (!tells || !asked) return
    offered(field.id, { held: true })
      .then(({ values }) => setTexts(values))
      .catch(() => setTexts([]))
  }, [tells, asked, offered, field.id])
  return texts
}

/** Texts that records hold; others may be typed. */
function TextOperand({ field, value, onChange }: FilterInputProps<OptionSettings>) {
  const [opened, setOpened] = useState(false)
  const texts = useHeld(field, opened)
  return (
    <Select
      mode="tags"
      style={{ width: '100%' }}
      value={idsOf(value)}
      options={(texts ?? []).map((text) => ({ value: text, label: text }))}
      loading={opened && texts === undefined}
      onOpenChange={(open) => open && setOpened(true)}
      tokenSeparators={['\n']}
      aria-label={field.label}
      onChange={(next) => onChange(next)}
      maxTagCount="responsive"
    />
  )
}

/** A filter's operand over options: any number of them. */
export function OptionOperand(props: FilterInputProps<OptionSettings>) {
  return props.field.source ? <TextOperand {...props} /> : <OwnOperand {...props} />
}

function OwnOperand({ field, value, onChange }: FilterInputProps<OptionSettings>) {
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
