/** What a change of type would do to the records there are 改类型报告: how many convert, which not, and where. */
import { Button } from 'antd'
import { CircleCheck, LoaderCircle, TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import { api, type GetAnswer } from '@/api/client'
import { typeNamed } from '@/fields/registry'
import { pick, useT } from '@/i18n/i18n'
import { ErrorState } from '@/ui/error-state'
import css from './retype.module.css'

type Report = GetAnswer<'/api/apps/{app}/forms/{form}/retype-report'>
export type RetypedField = Report['fields'][number]
type Value = RetypedField['values'][number]

const FEW = 6
const MOST_PAGES = 100

/** Two parts of a report as one. */
export function added(before: RetypedField[], next: RetypedField[]): RetypedField[] {
  return next.map((field) => {
    const known = before.find(({ path }) => path === field.path)
    if (known === undefined) return field
    const values = new Map<string, Value>(known.values.map((each) => [each.words, each]))
    for (const each of field.values) {
      const held = values.get(each.words)
      const records = [...(held?.records ?? []), ...each.records].slice(0, 5)
      values.set(each.words, { ...each, count: (held?.count ?? 0) + each.count, records })
    }
    return {
      ...field,
      converted: known.converted + field.converted,
      emptied: known.emptied + field.emptied,
      refused: known.refused + field.refused,
      computed: known.computed + field.computed,
      more: known.more + field.more,
      values: [...values.values()].sort((one, other) => other.count - one.count),
    }
  })
}

interface Counted {
  fields: RetypedField[]
  seen: number
  total: number
  done: boolean
  error: unknown
}

const NOTHING: Counted = { fields: [], seen: 0, total: 0, done: false, error: null }

/** Counts over all records, some thousands at a time; begins anew when `revision` changes. */
export function useReport(app: string, form: string, revision: unknown): Counted {
  const [counted, setCounted] = useState<Counted>(NOTHING)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a saved draft is counted anew
  useEffect(() => {
    let here = true
    const count = async () => {
      let found = NOTHING
      let after = ''
      for (let page = 0; here && page < MOST_PAGES; page += 1) {
        const params = { path: { app, form }, query: { after } }
        const next = await api.get('/api/apps/{app}/forms/{form}/retype-report', { params })
        after = next.next
        found = {
          fields: added(found.fields, next.fields),
          seen: found.seen + next.seen,
          total: next.total ?? found.total,
          done: after === '',
          error: null,
        }
        if (here) setCounted(found)
        if (after === '') return
      }
    }
    count().catch((error: unknown) => here && setCounted({ ...NOTHING, error }))
    return () => {
      here = false
    }
  }, [app, form, revision])
  return counted
}

/** The name of a type. */
export function typeLabel(name: string): string {
  const type = typeNamed(name)
  return type === undefined ? name : pick(type.label)
}

/** Values that do not convert for the same reason. */
function byReason(values: Value[]): [string, Value[]][] {
  const groups = new Map<string, Value[]>()
  for (const value of values) groups.set(value.why, [...(groups.get(value.why) ?? []), value])
  return [...groups]
}

function Values({ app, form, field }: { app: string; form: string; field: RetypedField }) {
  const t = useT()
  const [all, setAll] = useState(false)
  const shown = all ? field.values : field.values.slice(0, FEW)
  return (
    <div className={css.values}>
      {byReason(shown).map(([why, values]) => (
        <section key={why}>
          <p className={css.quiet}>{why}</p>
          <ul>
            {values.map(({ words, count, records }) => (
              <li key={words}>
                <code>{words}</code>
                {count > 1 ? (
                  <span className={css.quiet}>{t('more.times', { count: count.toLocaleString() })}</span>
                ) : null}
                {records.map(({ id, title }) => (
                  <a key={id} href={`/app/${app}/form/${form}?record=${id}`} target="_blank" rel="noreferrer">
                    {title || id}
                  </a>
                ))}
              </li>
            ))}
          </ul>
        </section>
      ))}
      {field.values.length > FEW && !all ? (
        <Button type="link" size="small" className={css.toStart} onClick={() => setAll(true)}>
          {t('more.allValues', { count: field.values.length })}
        </Button>
      ) : null}
      {field.more > 0 ? <p className={css.quiet}>{t('more.furtherValues', { count: field.more })}</p> : null}
    </div>
  )
}

interface FieldReportProps {
  app: string
  form: string
  field: RetypedField
  /** Takes the values that do not convert as new options, where the new type has options. */
  onOptions?: (labels: string[]) => void
}

/** One field's counts. */
export function FieldReport({ app, form, field, onOptions }: FieldReportProps) {
  const t = useT()
  if (field.refusal)
    return (
      <p className={css.refusal} role="alert">
        <TriangleAlert size={14} aria-hidden />
        {field.refusal}
      </p>
    )
  const counts = (['converted', 'emptied', 'refused', 'computed'] as const).filter((each) => field[each] > 0)
  return (
    <>
      <ul className={css.counts}>
        {counts.map((each) => (
          <li key={each} data-kind={each}>
            {each === 'refused' ? <TriangleAlert size={14} aria-hidden /> : <CircleCheck size={14} aria-hidden />}
            {t(`more.${each}`, { count: field[each].toLocaleString() })}
          </li>
        ))}
      </ul>
      {field.values.length > 0 ? (
        <>
          {onOptions ? (
            <Button size="small" onClick={() => onOptions(field.values.map(({ words }) => words))}>
              {t('more.asOptions', { count: field.values.length })}
            </Button>
          ) : null}
          <Values {...{ app, form, field }} />
          <p className={css.quiet}>{t('more.keptAside')}</p>
        </>
      ) : null}
    </>
  )
}

/** How far the counting is, while it goes on. */
export function Counting({ counted }: { counted: Counted }) {
  const t = useT()
  if (counted.error !== null) return <ErrorState small error={counted.error} />
  if (counted.done) return null
  return (
    <p className={css.counting} role="status">
      <LoaderCircle size={14} className={css.turning} aria-hidden />
      {t('more.counting', { seen: counted.seen.toLocaleString(), total: counted.total.toLocaleString() })}
    </p>
  )
}

/** Every field of the form's draft that changes its type; nothing when none does. */
export function RetypeReports({ app, form }: { app: string; form: string }) {
  const t = useT()
  const counted = useReport(app, form, 0)
  if (counted.done && counted.fields.length === 0) return null
  return (
    <section className={css.reports}>
      {counted.fields.length > 0 ? <h3 className={css.title}>{t('more.retyped')}</h3> : null}
      {counted.fields.map((field) => (
        <div key={field.path} className={css.report}>
          <strong>
            {t('more.fromTo', { label: field.label, before: typeLabel(field.before), after: typeLabel(field.after) })}
          </strong>
          <FieldReport {...{ app, form, field }} />
        </div>
      ))}
      {counted.fields.length > 0 || counted.error !== null ? <Counting counted={counted} /> : null}
    </section>
  )
}
