/** A person of the workspace 成员. */
import { User } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { Person } from '@/ui/avatar'
import { useFieldContext } from './context'
import { type CellProps, fieldType } from './field'
import { type AmongSettings, mentioned } from './parts/among'
import { AmongPane, MemberPick } from './parts/people'
import { PeopleOperand, readPeople } from './parts/people-asked'

function Shown({ value }: CellProps<object, string>) {
  const t = useT()
  const { members } = useFieldContext()
  if (!value) return null
  const found = members.find((each) => each.id === value)
  return <Person name={found?.name ?? (value === 'system' ? t('fields.system') : '…')} seed={value} />
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
  FilterInput: PeopleOperand,
  read: readPeople,
})
