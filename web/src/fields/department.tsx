/** A department 部门. */
import { TreeSelect } from 'antd'
import { Network } from 'lucide-react'
import { t, useT } from '@/i18n/i18n'
import { type Department, useFieldContext } from './context'
import { type CellProps, type FilterInputProps, fieldType, type InputProps } from './field'
import { idsOf, readNames } from './parts/choosing'
import { Cut } from './parts/cut'

interface Branch {
  value: string
  title: string
  children?: Branch[]
}

/** The departments as a tree. */
function tree(departments: Department[], parent = ''): Branch[] {
  const known = new Set(departments.map((each) => each.id))
  return departments
    .filter((each) => (each.parent && known.has(each.parent) ? each.parent : '') === parent)
    .map((each) => ({ value: each.id, title: each.name, children: tree(departments, each.id) }))
}

function Pick({ field, value, onChange, id, ...rest }: InputProps<object, string>) {
  const t = useT()
  const { departments } = useFieldContext()
  return (
    <TreeSelect
      id={id}
      style={{ width: '100%' }}
      value={value ?? undefined}
      treeData={tree(departments)}
      treeDefaultExpandAll
      showSearch={{ treeNodeFilterProp: 'title' }}
      allowClear={!field.required}
      placeholder={field.placeholder || t('fields.pickDepartment')}
      disabled={rest.disabled || rest.readOnly}
      status={rest.status}
      aria-label={field.label}
      aria-describedby={rest.describedBy}
      onChange={(next: string | undefined) => onChange(next ?? null)}
    />
  )
}

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
      treeData={[{ value: '@my_departments', title: t('fields.myDepartments') }, ...tree(departments)]}
      treeDefaultExpandAll
      showSearch={{ treeNodeFilterProp: 'title' }}
      maxTagCount="responsive"
      aria-label={field.label}
      onChange={(next: string[]) => onChange(next)}
    />
  )
}

export default fieldType<object, string>({
  label: { zh: '部门', en: 'Department' },
  icon: Network,
  group: 'people',
  rank: 2,
  kind: 'text',
  people: 'department',
  blank: {},
  columnWidth: 130,
  operators: ['in', 'not_in', 'empty', 'not_empty'],
  Input: Pick,
  Cell: Shown,
  FilterInput: Operand,
  read: (_, value, nameOf) => readNames(value, nameOf, { '@my_departments': t('fields.myDepartments') }),
})
