/** Members and departments picked 选人选部门, one or many, from those who may be chosen. */
import { Segmented, Select, TreeSelect } from 'antd'
import { type ReactNode, useState } from 'react'
import { type Department, type Person as Member, useFieldContext } from '@/fields/context'
import type { FieldOf, InputProps, Json, SettingsProps, Values } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { Person } from '@/ui/avatar'
import { type Among, type AmongSettings, isOpen, letsDepartment, letsMember } from './among'
import { idsOf } from './choosing'
import css from './fields.module.css'
import { Setting, Settings } from './setting'

interface Branch {
  value: string
  title: string
  disabled?: boolean
  children?: Branch[]
}

/** The departments as a tree; those that may not be chosen only lead to those that may. */
export function treeOf(departments: Department[], lets: (id: string) => boolean = () => true, parent = ''): Branch[] {
  const known = new Set(departments.map((each) => each.id))
  return departments
    .filter((each) => (each.parent && known.has(each.parent) ? each.parent : '') === parent)
    .map((each) => ({
      value: each.id,
      title: each.name,
      disabled: !lets(each.id),
      children: treeOf(departments, lets, each.id),
    }))
    .filter(({ disabled, children }) => !disabled || children.length > 0)
}

/** The people to pick from; those who left stay where they are held already. */
export function usePeople(held: string[], lets: (member: Member) => boolean = () => true) {
  const { members, departments } = useFieldContext()
  const names = new Map(departments.map((each) => [each.id, each.name]))
  return members
    .filter((each) => held.includes(each.id) || (each.enabled !== false && lets(each)))
    .map(({ id, name, departments: of = [] }) => {
      const where = of
        .map((each) => names.get(each))
        .filter(Boolean)
        .join(', ')
      return { value: id, text: `${name} ${where}`, name, where, label: <Person name={name} seed={id} /> }
    })
}

const chosenIn = (among: Among | undefined, values: Values | undefined) =>
  among?.field ? idsOf(values?.[among.field]) : []

type PickProps<V extends Json> = InputProps<AmongSettings & { max_count?: number }, V>

/** A member, or with `many` any number of them. */
export function MemberPick<V extends string | string[]>({ many = false, ...props }: PickProps<V> & { many?: boolean }) {
  const t = useT()
  const { field, value, onChange, id, values, ...rest } = props
  const { me, departments } = useFieldContext()
  const held = idsOf(value ?? undefined)
  const chosen = chosenIn(field.among, values)
  const people = usePeople(held, (member) => letsMember(field.among, member, departments, chosen))
  const ordered = [...people].sort((a, b) => Number(b.value === me) - Number(a.value === me))
  const narrow = !isOpen(field.among) && people.length === 0
  return (
    <Select<string | string[]>
      id={id}
      mode={many ? 'multiple' : undefined}
      maxCount={many ? field.max_count : undefined}
      style={{ width: '100%' }}
      value={many ? held : (held[0] ?? undefined)}
      options={ordered}
      showSearch={{ optionFilterProp: 'text' }}
      allowClear={many || !field.required}
      notFoundContent={narrow ? t('fill.noneAmong') : undefined}
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
      onChange={(next) => onChange((next === undefined || next.length === 0 ? null : next) as V | null)}
    />
  )
}

/** A department, or with `many` any number of them. */
export function DepartmentPick<V extends string | string[]>({
  many = false,
  ...props
}: PickProps<V> & { many?: boolean }) {
  const t = useT()
  const { field, value, onChange, id, values, ...rest } = props
  const { departments } = useFieldContext()
  const held = idsOf(value ?? undefined)
  const chosen = chosenIn(field.among, values)
  const lets = (each: string) => held.includes(each) || letsDepartment(field.among, each, departments, chosen)
  return (
    <TreeSelect<string | string[] | undefined>
      id={id}
      multiple={many}
      style={{ width: '100%' }}
      value={many ? held : held[0]}
      treeData={treeOf(departments, lets)}
      treeDefaultExpandAll
      showSearch={{ treeNodeFilterProp: 'title' }}
      allowClear={many || !field.required}
      placeholder={field.placeholder || t('fields.pickDepartment')}
      disabled={rest.disabled || rest.readOnly}
      status={rest.status}
      aria-label={field.label}
      aria-describedby={rest.describedBy}
      onChange={(next) => onChange((next === undefined || next.length === 0 ? null : next) as V | null)}
    />
  )
}

type Way = 'all' | 'chosen' | 'field'

function AmongChosen({ among, set, people }: { among: Among; set: (next: Among) => void; people: boolean }) {
  const t = useT()
  const { departments, roles = [] } = useFieldContext()
  const everybody = usePeople(among.members ?? [])
  const tree = treeOf(departments)
  return (
    <>
      {people ? (
        <Setting label={t('fill.amongMembers')}>
          <Select
            mode="multiple"
            value={among.members ?? []}
            options={everybody}
            showSearch={{ optionFilterProp: 'text' }}
            onChange={(members) => set({ ...among, members })}
          />
        </Setting>
      ) : null}
      <Setting label={t('fill.amongDepartments')}>
        <TreeSelect
          multiple
          value={among.departments ?? []}
          treeData={tree}
          treeDefaultExpandAll
          showSearch={{ treeNodeFilterProp: 'title' }}
          onChange={(next: string[]) => set({ ...among, departments: next })}
        />
      </Setting>
      {people && roles.length > 0 ? (
        <Setting label={t('fill.amongRoles')}>
          <Select
            mode="multiple"
            value={among.roles ?? []}
            options={roles.map(({ id, name }) => ({ value: id, label: name }))}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={(next) => set({ ...among, roles: next })}
          />
        </Setting>
      ) : null}
    </>
  )
}

/** Who may be chosen: everybody, some, or those of a department field of the same record. */
export function AmongPane({
  field,
  onChange,
  people,
  children,
}: SettingsProps<AmongSettings> & { people: boolean; children?: ReactNode }) {
  const t = useT()
  const { typeNamed, forms, form, beside = [] } = useFieldContext()
  const among = field.among ?? {}
  const [picked, setPicked] = useState<Way | null>(null)
  const way: Way = picked ?? (among.field !== undefined ? 'field' : isOpen(among) ? 'all' : 'chosen')
  const set = (next: Among | undefined) => onChange({ among: next } as Partial<FieldOf<AmongSettings>>)
  const own = [...beside, ...(forms.find(({ id }) => id === form)?.fields ?? [])]
  const drivers = own.filter((each) => each.id !== field.id && typeNamed(each.type)?.people === 'department')
  const choose = (next: Way) => {
    setPicked(next)
    set(next === 'field' && drivers[0] ? { field: drivers[0].id } : undefined)
  }
  return (
    <Settings>
      <Setting label={t('fill.among')}>
        <Segmented
          block
          value={way}
          options={(['all', 'chosen', 'field'] as const).map((value) => ({
            value,
            label: t(`fill.among_${value}`),
            disabled: value === 'field' && drivers.length === 0,
          }))}
          onChange={choose}
        />
      </Setting>
      {way === 'chosen' ? <AmongChosen among={among} set={set} people={people} /> : null}
      {way === 'field' ? (
        <Setting label={t('fill.amongField')}>
          <Select
            value={among.field || undefined}
            options={drivers.map(({ id, label }) => ({ value: id, label }))}
            notFoundContent={t('fill.noDepartmentField')}
            onChange={(id) => set({ field: id })}
          />
        </Setting>
      ) : null}
      {children}
    </Settings>
  )
}
