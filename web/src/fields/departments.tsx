/** Departments of the workspace 部门多选. */
import { Network } from 'lucide-react'
import { Tag } from '@/ui/tag'
import { useFieldContext } from './context'
import { type CellProps, fieldType } from './field'
import { type AmongSettings, mentioned } from './parts/among'
import css from './parts/fields.module.css'
import { MostChosen } from './parts/how-many'
import { AmongPane, DepartmentPick } from './parts/people'
import { DepartmentsOperand, readDepartments } from './parts/people-asked'

interface DepartmentsSettings extends AmongSettings {
  max_count?: number
}

function Shown({ value, wrap = false }: CellProps<DepartmentsSettings, string[]> & { wrap?: boolean }) {
  const { departments } = useFieldContext()
  const names = new Map(departments.map(({ id, name }) => [id, name]))
  return (
    <span className={wrap ? css.tagsWrap : css.tags} title={value?.map((id) => names.get(id) ?? '…').join(', ')}>
      {value?.map((id) => (
        <Tag key={id}>{names.get(id) ?? '…'}</Tag>
      ))}
    </span>
  )
}

export default fieldType<DepartmentsSettings, string[]>({
  label: { zh: '部门多选', en: 'Departments' },
  icon: Network,
  group: 'people',
  rank: 2.5,
  kind: 'list',
  people: 'department',
  blank: {},
  columnWidth: 180,
  Input: (props) => <DepartmentPick<string[]> {...props} many />,
  mentions: mentioned,
  Cell: Shown,
  Display: (props) => <Shown {...props} wrap />,
  FilterInput: DepartmentsOperand,
  Settings: (props) => (
    <AmongPane {...props} people={false}>
      <MostChosen field={props.field} most={500} onChange={props.onChange} />
    </AmongPane>
  ),
  read: readDepartments,
})
