/** Departments of the workspace 部门多选. */
import { TreeSelect } from 'antd'
import { Network } from 'lucide-react'
import { t, useT } from '@/i18n/i18n'
import { Tag } from '@/ui/tag'
import { useFieldContext } from './context'
import { type CellProps, type FilterInputProps, fieldType } from './field'
import { type AmongSettings, mentioned } from './parts/among'
import { idsOf, readNames } from './parts/choosing'
import css from './parts/fields.module.css'
import { AmongPane, DepartmentPick, treeOf } from './parts/people'
import { Whole } from './parts/setting'

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

function Operand({ field, value, onChange }: FilterInputProps<DepartmentsSettings>) {
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
  FilterInput: Operand,
  Settings: function Pane(props) {
    const t = useT()
    return (
      <AmongPane {...props} people={false}>
        <Whole
          label={t('fields.mostChosen')}
          value={props.field.max_count}
          min={1}
          max={500}
          placeholder={t('fields.unlimited')}
          onChange={(max_count) => props.onChange({ max_count })}
        />
      </AmongPane>
    )
  },
  read: (_, value, nameOf) => readNames(value, nameOf, { '@my_departments': t('fields.myDepartments') }),
})
