/** A live table of another form's records 查询: looked up when the page is shown, never stored. */
import { Button, Select } from 'antd'
import { TableProperties } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { useT } from '@/i18n/i18n'
import { type SourcePage, useFieldContext } from './context'
import { fieldType, type Json, type SettingsProps, type Values } from './field'
import { driversOf } from './parts/drivers'
import css from './parts/fields.module.css'
import { Setting, Settings, Whole } from './parts/setting'
import { Sideways } from './parts/sideways'
import { SourceSelect, useSourceFields } from './parts/source-select'

interface LookupSettings {
  form?: string
  aggregate?: string
  filter?: Json
  sort?: { field: string; descending?: boolean }[]
  columns?: string[]
  limit?: number
}

const PAUSE = 300

function Pane({ field, onChange }: SettingsProps<LookupSettings>) {
  const t = useT()
  const { Filter, typeNamed } = useFieldContext()
  const there = useSourceFields(field).filter(({ type }) => typeNamed(type)?.valued !== false)
  return (
    <Settings>
      <Setting label={t('fields.targetForm')}>
        <SourceSelect
          source={field}
          onChange={(source) => onChange({ ...source, filter: undefined, columns: undefined, sort: undefined })}
        />
      </Setting>
      {Filter && (field.form || field.aggregate) ? (
        <Setting label={t('fields.gatherFilter')}>
          <Filter own fields={there} filter={field.filter} onChange={(filter) => onChange({ filter })} />
        </Setting>
      ) : null}
      <Setting label={t('fields.queryColumns')}>
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          value={field.columns ?? []}
          options={there.map(({ id, label }) => ({ value: id, label }))}
          onChange={(columns) => onChange({ columns })}
        />
      </Setting>
      <Whole
        label={t('fields.queryRows')}
        value={field.limit ?? 10}
        fallback={10}
        min={1}
        max={50}
        onChange={(limit) => onChange({ limit: limit ?? undefined })}
      />
    </Settings>
  )
}

/** What the question has to be told of the record: asked again when it changes. */
function spokenOf(field: LookupSettings, values: Values | undefined): Values {
  return Object.fromEntries(driversOf(field).map((name) => [name, values?.[name] ?? null]))
}

function useSource(id: string, asked: Values) {
  const { source } = useFieldContext()
  const [page, setPage] = useState<SourcePage | null>(null)
  const [problem, setProblem] = useState('')
  const told = JSON.stringify(asked)
  useEffect(() => {
    if (!source) return
    let late = false
    const timer = setTimeout(() => {
      source(id, JSON.parse(told) as Values)
        .then((next) => {
          if (late) return
          setPage(next)
          setProblem('')
        })
        .catch((error: Error) => !late && setProblem(error.message))
    }, PAUSE)
    return () => {
      late = true
      clearTimeout(timer)
    }
  }, [source, id, told])
  const more = async () => {
    if (!source || !page) return
    const next = await source(id, asked, { after: page.next })
    setPage({ ...next, records: [...page.records, ...next.records], titles: { ...page.titles, ...next.titles } })
  }
  return { page, problem, more }
}

function Table({ field, values }: { field: LookupSettings & { id: string; label: string }; values?: Values }) {
  const t = useT()
  const { typeNamed, openRecord, source } = useFieldContext()
  const asked = useMemo(() => spokenOf(field, values), [field, values])
  const { page, problem, more } = useSource(field.id, asked)
  const right = (type: string) => (typeNamed(type)?.align === 'right' ? css.right : undefined)
  if (!source) return <Outline field={field} />
  if (problem) return <p className={css.small}>{problem}</p>
  if (page === null) return <p className={css.small}>…</p>
  if (page.records.length === 0) return <p className={css.small}>{t('fields.queryEmpty')}</p>
  return (
    <Sideways className={css.queried} label={field.label}>
      <table className={css.queryTable}>
        <thead>
          <tr>
            {page.fields.map(({ id, type, label }) => (
              <th key={id} className={right(type)}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {page.records.map((record) => (
            <tr key={record.id} onClick={page.form ? () => openRecord(page.form, record.id) : undefined}>
              {page.fields.map((each) => {
                const Cell = typeNamed(each.type)?.Cell
                const around = { id: record.id, values: record.values, titles: page.titles }
                return (
                  <td key={each.id} className={right(each.type)}>
                    {Cell ? (
                      <Cell field={each as never} value={record.values[each.id] ?? null} record={around} />
                    ) : null}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {page.next ? (
        <Button size="small" type="text" onClick={() => void more()}>
          {t('fields.queryMore')}
        </Button>
      ) : null}
    </Sideways>
  )
}

/** Where nothing is looked up, as in the designer: the heads of the columns. */
function Outline({ field }: { field: LookupSettings }) {
  const there = useSourceFields(field)
  const shown = (field.columns ?? []).flatMap((id) => there.find((each) => each.id === id) ?? [])
  if (shown.length === 0) return <p className={css.small}>…</p>
  return (
    <div className={css.queried}>
      <table className={css.queryTable}>
        <thead>
          <tr>
            {shown.map(({ id, label }) => (
              <th key={id}>{label}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            {shown.map(({ id }) => (
              <td key={id}>–</td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  )
}

/** Its label, which nobody else draws, over the table. */
function Labelled({ field, values }: { field: LookupSettings & { id: string; label: string }; values?: Values }) {
  return (
    <section className={css.query} aria-label={field.label}>
      <div className={css.queryLabel}>{field.label}</div>
      <Table field={field} values={values} />
    </section>
  )
}

export default fieldType<LookupSettings, null>({
  label: { zh: '关联查询', en: 'Lookup table' },
  icon: TableProperties,
  group: 'advanced',
  rank: 4,
  kind: 'text',
  blank: { form: '', width: 'full' },
  valued: false,
  topLevelOnly: true,
  mentions: driversOf,
  Settings: Pane,
  Input: ({ field, values }) => <Labelled field={field} values={values} />,
  Cell: () => null,
  Display: ({ field, record }) => <Labelled field={field} values={record?.values} />,
})
