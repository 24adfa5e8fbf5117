/** People of the workspace 成员多选. */
import { Users } from 'lucide-react'
import { Person } from '@/ui/avatar'
import { useFieldContext } from './context'
import { type CellProps, fieldType } from './field'
import { type AmongSettings, mentioned } from './parts/among'
import css from './parts/fields.module.css'
import { MostChosen } from './parts/how-many'
import { AmongPane, MemberPick } from './parts/people'
import { PeopleOperand, readPeople } from './parts/people-asked'

interface MembersSettings extends AmongSettings {
  max_count?: number
}

function Shown({ value, wrap = false }: CellProps<MembersSettings, string[]> & { wrap?: boolean }) {
  const { members } = useFieldContext()
  const names = new Map(members.map(({ id, name }) => [id, name]))
  return (
    <span className={wrap ? css.tagsWrap : css.tags} title={value?.map((id) => names.get(id) ?? '…').join(', ')}>
      {value?.map((id) => (
        <Person key={id} name={names.get(id) ?? '…'} seed={id} />
      ))}
    </span>
  )
}

export default fieldType<MembersSettings, string[]>({
  label: { zh: '成员多选', en: 'Members' },
  icon: Users,
  group: 'people',
  rank: 1.5,
  kind: 'list',
  people: 'member',
  blank: {},
  columnWidth: 190,
  Input: (props) => <MemberPick<string[]> {...props} many />,
  mentions: mentioned,
  Cell: Shown,
  Display: (props) => <Shown {...props} wrap />,
  FilterInput: PeopleOperand,
  Settings: (props) => (
    <AmongPane {...props} people>
      <MostChosen field={props.field} most={500} onChange={props.onChange} />
    </AmongPane>
  ),
  read: readPeople,
})
