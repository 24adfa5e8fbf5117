/** People of the workspace 成员多选. */
import { Select } from 'antd'
import { Users } from 'lucide-react'
import { t, useT } from '@/i18n/i18n'
import { Person } from '@/ui/avatar'
import { useFieldContext } from './context'
import { type CellProps, type FilterInputProps, fieldType } from './field'
import { type AmongSettings, mentioned } from './parts/among'
import { idsOf, readNames } from './parts/choosing'
import css from './parts/fields.module.css'
import { AmongPane, MemberPick, usePeople } from './parts/people'
import { Whole } from './parts/setting'

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

function Operand({ field, value, onChange }: FilterInputProps<MembersSettings>) {
  const t = useT()
  const ids = idsOf(value)
  const people = usePeople(ids)
  const me = { value: '@me', text: t('fields.me'), label: t('fields.me') }
  return (
    <Select
      mode="multiple"
      style={{ width: '100%' }}
      value={ids}
      options={[me, ...people.map(({ value: id, text, label }) => ({ value: id, text, label }))]}
      showSearch={{ optionFilterProp: 'text' }}
      maxTagCount="responsive"
      aria-label={field.label}
      onChange={(next) => onChange(next)}
    />
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
  FilterInput: Operand,
  Settings: function Pane(props) {
    const t = useT()
    return (
      <AmongPane {...props} people>
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
  read: (_, value, nameOf) => readNames(value, nameOf, { '@me': t('fields.me') }),
})
