/** A person of the workspace 成员. */
import { Select } from 'antd'
import { User } from 'lucide-react'
import { type T, t, useT } from '@/i18n/i18n'
import { Person } from '@/ui/avatar'
import { useFieldContext } from './context'
import { type CellProps, type FilterInputProps, fieldType, type InputProps } from './field'
import { idsOf, readNames } from './parts/choosing'
import css from './parts/fields.module.css'

/** The people to pick from; those who left stay where they are held already. */
function usePeople(held: string[]) {
  const { members, departments } = useFieldContext()
  const names = new Map(departments.map((each) => [each.id, each.name]))
  return members
    .filter((each) => each.enabled !== false || held.includes(each.id))
    .map(({ id, name, departments: of = [] }) => {
      const where = of
        .map((each) => names.get(each))
        .filter(Boolean)
        .join(', ')
      return { value: id, text: `${name} ${where}`, name, where, label: <Person name={name} seed={id} /> }
    })
}

function Pick({ field, value, onChange, id, ...rest }: InputProps<object, string>) {
  const t = useT()
  const { me } = useFieldContext()
  const people = usePeople(value ? [value] : [])
  const ordered = [...people].sort((a, b) => Number(b.value === me) - Number(a.value === me))
  return (
    <Select
      id={id}
      style={{ width: '100%' }}
      value={value ?? undefined}
      options={ordered}
      showSearch={{ optionFilterProp: 'text' }}
      allowClear={!field.required}
      placeholder={field.placeholder || t('fields.pickMember')}
      disabled={rest.disabled || rest.readOnly}
      status={rest.status}
      aria-label={field.label}
      aria-describedby={rest.describedBy}
      optionRender={({ data }) => (
        <span className={css.settingRow}>
          {data.label}
          <span className={css.small}>{data.value === me ? t('fields.me') : data.where}</span>
        </span>
      )}
      onChange={(next) => onChange(next ?? null)}
    />
  )
}

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

export default fieldType<object, string>({
  label: { zh: '成员', en: 'Member' },
  icon: User,
  group: 'people',
  rank: 1,
  kind: 'text',
  people: 'member',
  blank: {},
  columnWidth: 150,
  operators: ['in', 'not_in', 'empty', 'not_empty'],
  Input: Pick,
  Cell: Shown,
  FilterInput: Operand,
  read: (_, value, nameOf) => readNames(value, nameOf, movingIn(t)),
})
