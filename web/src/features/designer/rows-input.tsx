/** Which records a permission group covers 行权限: the usual answers by name, anything else by conditions. */
import { Select } from 'antd'
import type { Field, Json } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import { useT } from '@/i18n/i18n'
import { EVERYTHING, type Filter } from '@/ui/record/filter'
import { FilterBuilder } from '@/ui/record/filter-builder'
import css from './designer.module.css'
import { filterInWords } from './filter-words'
import { FormulaInput } from './formula-input'

interface Preset {
  key: string
  label: string
  filter: Filter | null
}

function usePresets(fields: Field[]): Preset[] {
  const t = useT()
  const people = fields.filter((field) => typeNamed(field.type)?.people === 'member')
  const departments = fields.filter((field) => typeNamed(field.type)?.people === 'department')
  const mine = (field: string): Filter => ({ field, op: 'eq', value: '@me' })
  const ours = (field: string): Filter => ({ field, op: 'in', value: '@my_department_members' })
  return [
    { key: 'all', label: t('designer.rowsAll'), filter: null },
    { key: 'mine', label: t('designer.rowsMine'), filter: mine('created_by') },
    { key: 'department', label: t('designer.rowsDepartment'), filter: ours('created_by') },
    ...people.flatMap(({ id, label }) => [
      { key: `mine ${id}`, label: t('designer.rowsField', { label }), filter: mine(id) },
      { key: `ours ${id}`, label: t('designer.rowsFieldDepartment', { label }), filter: ours(id) },
    ]),
    ...departments.map(({ id, label }) => ({
      key: `in ${id}`,
      label: t('designer.rowsInDepartment', { label }),
      filter: { field: id, op: 'in', value: '@my_departments' } as Filter,
    })),
  ]
}

const same = (one: unknown, other: unknown) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null)

/** Placeholders such as @me stand for the asker; the builder edits constants only, so they are kept as they are. */
function hasPlaceholder(filter: unknown): boolean {
  return /"@\w+"/.test(JSON.stringify(filter ?? null))
}

interface RowsInputProps {
  value: Json | undefined
  fields: Field[]
  onChange: (rows: Json | undefined) => void
}

/** A choice of presets, and the filter builder for the rest. */
export function RowsInput({ value, fields, onChange }: RowsInputProps) {
  const t = useT()
  const presets = usePresets(fields)
  const found = presets.find((preset) => same(preset.filter, value))
  const kept = found === undefined && hasPlaceholder(value)
  const options = [
    ...presets.map(({ key, label }) => ({ value: key, label })),
    ...(kept ? [{ value: 'kept', label: t('designer.template') }] : []),
    { value: 'custom', label: t('designer.rowsCustom') },
  ]
  const choose = (key: string) => {
    if (key === 'custom') onChange(EVERYTHING as unknown as Json)
    else onChange((presets.find((preset) => preset.key === key)?.filter ?? undefined) as Json | undefined)
  }
  return (
    <>
      <Select
        style={{ width: '100%' }}
        aria-label={t('designer.rows')}
        value={found?.key ?? (kept ? 'kept' : 'custom')}
        options={options}
        onChange={choose}
      />
      {kept ? <p className={css.kept}>{filterInWords(value as unknown as Filter, fields, t)}</p> : null}
      {found === undefined && !kept ? (
        <FilterBuilder
          fields={fields}
          filter={value as unknown as Filter}
          formula={(at) => <FormulaInput condition stored="rows" label={t('designer.rows')} {...at} />}
          onChange={(rows) => onChange(rows as unknown as Json)}
        />
      ) : null}
    </>
  )
}
