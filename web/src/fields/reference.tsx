/** A pointer to a record of another form 关联数据, which may fill other fields. */
import { Select } from 'antd'
import { Link2 } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import type { Option } from './context'
import { type CellProps, fieldType, type InputProps } from './field'
import { readNames } from './parts/choosing'
import { Cut } from './parts/cut'
import { driversOf } from './parts/drivers'
import css from './parts/fields.module.css'
import { type PointerShape, RecordOperand, TitleLink, usePicking } from './parts/pointing'
import { Filling, PointerSettings } from './parts/reference-settings'

interface ReferenceShape extends PointerShape {
  fill?: Record<string, string>
}

function Pick({ field, value, onChange, onFill, onPick, ...rest }: InputProps<ReferenceShape, string>) {
  const onTake = (option: Option) => {
    onChange(option.id)
    onPick?.(option.id, option.values ?? {})
    if (option.fill && Object.keys(option.fill).length > 0) onFill?.(option.fill)
  }
  const { shown, all, take, nameOf } = usePicking({ ...rest, field, ids: value ? [value] : [], onTake })
  const choose = (next: string | undefined) => {
    const option = all.find((each) => each.id === next)
    if (option) take(option)
    else onChange(null)
  }
  return (
    <Select
      {...shown}
      value={value ?? undefined}
      labelRender={({ value: held }) => nameOf(held)}
      allowClear={!field.required}
      onChange={choose}
    />
  )
}

/** In a list: the title only, for a click there opens the row's own record. */
function Title({ value, record }: CellProps<ReferenceShape, string>) {
  const t = useT()
  if (!value) return null
  const title = record?.titles?.[value]
  return title === undefined ? <span className={css.quiet}>{t('fields.unreadable')}</span> : <Cut text={title || '—'} />
}

export default fieldType<ReferenceShape, string>({
  label: { zh: '关联数据', en: 'Reference' },
  icon: Link2,
  group: 'advanced',
  rank: 1,
  kind: 'text',
  blank: {},
  columnWidth: 180,
  mentions: driversOf,
  points: (field) => ({ form: field.form ?? '', fill: field.fill ?? {} }),
  operators: ['in', 'not_in', 'empty', 'not_empty'],
  Input: Pick,
  Cell: Title,
  Display: ({ field, value, record }) =>
    value ? <TitleLink form={field.form ?? ''} id={value} record={record} /> : null,
  FilterInput: RecordOperand,
  read: (_, value, nameOf) => readNames(value, nameOf),
  Settings: (props) => (
    <PointerSettings {...props}>
      <Filling {...props} />
    </PointerSettings>
  ),
})
