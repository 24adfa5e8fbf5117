/** The type of a field 字段类型: changed to one that makes sense, with what that does to the records there are. */
import { Select } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { useApi } from '@/api/query'
import type { Field, Group, Json, Option } from '@/fields/field'
import { optionsFromLines } from '@/fields/parts/options'
import { typeNamed } from '@/fields/registry'
import { pick, useT } from '@/i18n/i18n'
import { type Form, fieldAt } from '../definition'
import { useDesigner } from '../use-designer'
import { retype, type TypeTable } from './retype'
import css from './retype.module.css'
import { Counting, FieldReport, typeLabel, useReport } from './retype-report'

const GROUPS: Group[] = ['basic', 'choice', 'people', 'files', 'advanced', 'layout']

/** The types by name, as the server knows them. */
function useTypes(): TypeTable | undefined {
  return useApi('/api/field-types', {}, { staleTime: Number.POSITIVE_INFINITY }).data as unknown as
    | TypeTable
    | undefined
}

/** The types that a field can have instead of its own, by group. */
function choicesFor(field: Field, path: string, table: TypeTable) {
  const names = new Set([field.type, ...(table[field.type]?.becomes ?? [])])
  const known = [...names].flatMap((name) => typeNamed(name) ?? [])
  const offered = known.filter((type) => type.name === field.type || !(path.includes('.') && type.topLevelOnly))
  return GROUPS.map((group) => ({
    group,
    types: offered
      .filter((type) => type.group === group)
      .sort((one, other) => (one.rank ?? 99) - (other.rank ?? 99))
      .map((type) => ({ value: type.name, label: pick(type.label) })),
  })).filter(({ types }) => types.length > 0)
}

/** The type in the live version; undefined for a field that is new. */
function useLiveType(path: string): string | undefined {
  const { app, form, published } = useDesigner()
  const asked = { params: { path: { app, form: form.id } } }
  const live = useApi('/api/apps/{app}/forms/{form}', asked, { retry: false, enabled: published.has(path) })
  const definition = live.data?.definition as unknown as Form | undefined
  return definition === undefined ? undefined : fieldAt(definition, path)?.type
}

function Report({ path, field }: { path: string; field: Field }) {
  const t = useT()
  const { app, form, editor, patch } = useDesigner()
  const revision = editor.use((edited) => edited.revision)
  const saved = editor.use((edited) => edited.state === 'saved')
  useEffect(() => {
    if (!saved) void editor.flush()
  }, [saved, editor])
  const counted = useReport(app, form.id, saved ? revision : null)
  const found = counted.fields.find((each) => each.path === path)
  const options = typeNamed(field.type)?.options?.(field)
  const take = (labels: string[]) => {
    const before = options ?? []
    const lines = [...before.map(({ label }) => label), ...labels].join('\n')
    const next = optionsFromLines(lines, before as Option[])
    patch(path, { options: next as unknown as Json } as Partial<Field>)
  }
  if (found === undefined && counted.done) return null
  return (
    <div className={css.report} aria-live="polite">
      <strong>{t('more.whatConverts')}</strong>
      {found === undefined ? null : (
        <FieldReport {...{ app, form: form.id, field: found }} onOptions={options === undefined ? undefined : take} />
      )}
      <Counting counted={counted} />
    </div>
  )
}

/** A select of types, `children` beside it; below it a report when the live version has another type. */
export function TypePicker({ path, field, children }: { path: string; field: Field; children?: ReactNode }) {
  const t = useT()
  const { patch } = useDesigner()
  const table = useTypes()
  const live = useLiveType(path)
  const Icon = typeNamed(field.type)?.icon
  const icon = Icon ? <Icon size={14} aria-hidden /> : null
  if (table === undefined || (table[field.type]?.becomes.length ?? 0) === 0)
    return (
      <div className={css.picker}>
        <span className={css.plain}>
          {icon}
          {typeLabel(field.type)}
        </span>
        {children}
      </div>
    )
  const groups = choicesFor(field, path, table)
  const options = groups.map(({ group, types }) => ({ label: t(`designer.groups.${group}`), options: types }))
  const changed = live !== undefined && live !== field.type
  return (
    <>
      <div className={css.picker}>
        <Select
          value={field.type}
          options={options}
          prefix={icon}
          showSearch={{ optionFilterProp: 'label' }}
          style={{ flex: 1, minWidth: 0 }}
          aria-label={t('more.type')}
          onChange={(to: string) => patch(path, retype(field, to, table))}
        />
        {children}
      </div>
      {changed ? <p className={css.quiet}>{t('more.wasType', { type: typeLabel(live) })}</p> : null}
      {changed ? <Report path={path} field={field} /> : null}
    </>
  )
}
