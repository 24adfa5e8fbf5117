/** Pointers to several records of another form 关联多条数据. */
import { Select } from 'antd'
import { Cable } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { Tag } from '@/ui/tag'
import type { Option } from './context'
import { type CellProps, fieldType, type InputProps, type SettingsProps } from './field'
import { idsOf, readNames } from './parts/choosing'
import { driversOf } from './parts/drivers'
import css from './parts/fields.module.css'
import { HowMany } from './parts/how-many'
import { type PointerShape, RecordOperand, TitleLink, usePicking } from './parts/pointing'
import { PointerSettings } from './parts/reference-settings'

interface ReferencesShape extends PointerShape {
  min_count?: number | null
  max_count?: number | null
}

function Pick({ field, value, onChange, onPick, ...rest }: InputProps<ReferencesShape, string[]>) {
  const ids = idsOf(value)
  const onTake = (option: Option) => {
    onPick?.(option.id, option.values ?? {})
    if (!ids.includes(option.id)) onChange([...ids, option.id])
  }
  const { shown, all, take, nameOf } = usePicking({ ...rest, field, ids, onTake })
  const choose = (next: string[]) => {
    const added = all.find((each) => next.includes(each.id) && !ids.includes(each.id))
    if (added) take(added)
    else onChange(next.length > 0 ? next : null)
  }
  return (
    <Select
      {...shown}
      mode="multiple"
      value={ids.map((id) => ({ value: id, label: nameOf(id) }))}
      labelInValue
      maxCount={field.max_count ?? undefined}
      allowClear
      onChange={(next: { value: string }[]) => choose(next.map((each) => each.value))}
    />
  )
}

/** In a list: the titles as chips, in one line. */
function Chips({ value, record }: CellProps<ReferencesShape, string[]>) {
  const t = useT()
  const titles = idsOf(value).map((id) => ({ id, title: record?.titles?.[id] ?? t('fields.unreadable') }))
  return (
    <span className={css.tags} title={titles.map((each) => each.title).join(', ')}>
      {titles.map(({ id, title }) => (
        <Tag key={id}>{title || '—'}</Tag>
      ))}
    </span>
  )
}

function Links({ field, value, record }: CellProps<ReferencesShape, string[]>) {
  return (
    <span className={css.linksWrap}>
      {idsOf(value).map((id) => (
        <TitleLink key={id} form={field.form ?? ''} id={id} record={record} />
      ))}
    </span>
  )
}

function Pane(props: SettingsProps<ReferencesShape>) {
  const { field, onChange } = props
  return (
    <PointerSettings {...props}>
      <HowMany field={field} most={500} onChange={onChange} />
    </PointerSettings>
  )
}

export default fieldType<ReferencesShape, string[]>({
  label: { zh: '关联多条', en: 'References' },
  icon: Cable,
  group: 'advanced',
  rank: 1.2,
  kind: 'list',
  blank: {},
  columnWidth: 220,
  mentions: driversOf,
  points: (field) => ({ form: field.form ?? '', fill: {} }),
  Input: Pick,
  Cell: Chips,
  Display: Links,
  FilterInput: RecordOperand,
  read: (_, value, nameOf) => readNames(value, nameOf),
  Settings: Pane,
})
