/** A department 部门. */
import { TreeSelect } from 'antd'
import { Network } from 'lucide-react'
import { t, useT } from '@/i18n/i18n'
import { useFieldContext } from './context'
import { type CellProps, type FilterInputProps, fieldType } from './field'
import { type AmongSettings, mentioned } from './parts/among'
import { idsOf, readNames } from './parts/choosing'
import { Cut } from './parts/cut'
import { AmongPane, DepartmentPick, treeOf } from './parts/people'

function Shown({ value }: CellProps<object, string>) {
  const { departments } = useFieldContext()
  return value ? <Cut text={departments.find((each) => each.id === value)?.name ?? '…'} /> : null
}

function Operand({ field, value, onChange }: FilterInputProps<object>) {
  const t = useT()
  const { departments } = useFieldContext()
  return (
    <TreeSelect
      multiple
      style={{ width: '100%' }}
      value={idsOf(value)}
      treeData={[{ value: '@my_departments', title: t('fields.myDepartments') }, ...treeOf(departments)]}
      treeDefaultExpandAll
      showSearch={{ treeNodeFilterProp: 'title' }}
      maxTagCount="responsive"
      aria-label={field.label}
      onChange={(next: string[]) => onChange(next)}
    />
  )
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
  FilterInput: Operand,
  read: (_, value, nameOf) => readNames(value, nameOf, { '@my_departments': t('fields.myDepartments') }),
})
