/** A department 部门. */
import { Network } from 'lucide-react'
import { useFieldContext } from './context'
import { type CellProps, fieldType } from './field'
import { type AmongSettings, mentioned } from './parts/among'
import { Cut } from './parts/cut'
import { AmongPane, DepartmentPick } from './parts/people'
import { DepartmentsOperand, readDepartments } from './parts/people-asked'

function Shown({ value }: CellProps<object, string>) {
  const { departments } = useFieldContext()
  return value ? <Cut text={departments.find((each) => each.id === value)?.name ?? '…'} /> : null
}

export default fieldType<AmongSettings, string>({
  label: { zh: '部门', en: 'Department' },
  icon: Network,
  group: 'people',
  rank: 2,
  kind: 'text',
  people: 'department',
  blank: {},
  columnWidth: 130,
  operators: ['in', 'not_in', 'empty', 'not_empty'],
  Input: DepartmentPick<string>,
  Settings: (props) => <AmongPane {...props} people={false} />,
  mentions: mentioned,
  Cell: Shown,
  FilterInput: DepartmentsOperand,
  read: readDepartments,
})
