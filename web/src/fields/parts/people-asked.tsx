/** Members and departments asked for in a filter 筛选成员与部门: some of them, or whoever they are for the one who reads. */
import { Select, TreeSelect } from 'antd'
import { useFieldContext } from '@/fields/context'
import type { FieldOf, FilterInputProps, Json } from '@/fields/field'
import { type T, t, useT } from '@/i18n/i18n'
import { idsOf, readNames } from './choosing'
import { treeOf, usePeople } from './people'

const movingPeople = (t: T) => ({
  '@me': t('fields.me'),
  '@my_reports': t('fields.myReports'),
  '@my_department_members': t('fields.myColleagues'),
})

const movingDepartments = (t: T) => ({ '@my_departments': t('fields.myDepartments') })

/** What members are compared with. */
export function PeopleOperand({ field, value, onChange }: FilterInputProps<object>) {
  const t = useT()
  const ids = idsOf(value)
  const people = usePeople(ids)
  const moving = Object.entries(movingPeople(t)).map(([value, text]) => ({ value, text, label: text }))
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

/** What departments are compared with. */
export function DepartmentsOperand({ field, value, onChange }: FilterInputProps<object>) {
  const t = useT()
  const { departments } = useFieldContext()
  const moving = Object.entries(movingDepartments(t)).map(([value, title]) => ({ value, title }))
  return (
    <TreeSelect
      multiple
      style={{ width: '100%' }}
      value={idsOf(value)}
      treeData={[...moving, ...treeOf(departments)]}
      treeDefaultExpandAll
      showSearch={{ treeNodeFilterProp: 'title' }}
      maxTagCount="responsive"
      aria-label={field.label}
      onChange={(next: string[]) => onChange(next)}
    />
  )
}

type NameOf = Parameters<typeof readNames>[1]

/** What the filter says in words. */
export const readPeople = (_: FieldOf<object>, value: Json, nameOf: NameOf) => readNames(value, nameOf, movingPeople(t))

/** What the filter says in words. */
export const readDepartments = (_: FieldOf<object>, value: Json, nameOf: NameOf) =>
  readNames(value, nameOf, movingDepartments(t))
