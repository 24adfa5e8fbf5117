/** A person of the workspace 成员. */
import { Select } from 'antd'
import { User } from 'lucide-react'
import { type T, t, useT } from '@/i18n/i18n'
import { Person } from '@/ui/avatar'
import { useFieldContext } from './context'
import { type CellProps, type FilterInputProps, fieldType } from './field'
import { type AmongSettings, mentioned } from './parts/among'
import { idsOf, readNames } from './parts/choosing'
import { AmongPane, MemberPick, usePeople } from './parts/people'

function Shown({ value }: CellProps<object, string>) {
  const t = useT()
  const { members } = useFieldContext()
  if (!value) return null
  const found = members.find((each) => each.id === value)
  return <Person name={found?.name ?? (value === 'system' ? t('fields.system') : '…')} seed={value} />
}

/** Whoever these are for the one who reads. */
const movingIn = (t: T) => ({
  '@me': t('fields.me'),
  '@my_reports': t('fields.myReports'),
  '@my_department_members': t('fields.myColleagues'),
})

function Operand({ field, value, onChange }: FilterInputProps<object>) {
  const t = useT()
  const ids = idsOf(value)
  const people = usePeople(ids)
  const moving = Object.entries(movingIn(t)).map(([value, text]) => ({ value, text, label: text }))
  return (
    <Select
      mode="multiple"
      style={{ width: '100%' }}
      value={ids}
      options={[...moving, ...people.map(({ value: id, text, label }) => ({ value: id, text, label }))]}
      showSearch={{ optionFilterProp: 'text' }}
      maxTagCount="responsive"
      aria-label={field.label}
      onChange={(next) => onChange(next)}
    />
  )
}

export default fieldType<AmongSettings, string>({
  label: { zh: '成员', en: 'Member' },
  icon: User,
  group: 'people',
  rank: 1,
  kind: 'text',
  people: 'member',
  blank: {},
  columnWidth: 150,
  operators: ['in', 'not_in', 'empty', 'not_empty'],
  Input: MemberPick<string>,
  Settings: (props) => <AmongPane {...props} people />,
  mentions: mentioned,
  Cell: Shown,
  FilterInput: Operand,
  read: (_, value, nameOf) => readNames(value, nameOf, movingIn(t)),
})
