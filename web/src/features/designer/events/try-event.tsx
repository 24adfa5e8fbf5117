/** An event tried on sample values 试一试: what is sent, what comes back, and what it fills in. */
import { Alert, Button } from 'antd'
import { Play } from 'lucide-react'
import { useState } from 'react'
import { api } from '@/api/client'
import { sentenceOf } from '@/api/problem'
import type { components } from '@/api/schema'
import type { Field, Values } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import { useT } from '@/i18n/i18n'
import { FieldValue } from '@/ui/record/field-value'
import { columnsOf } from '../definition'
import { Row } from '../rows'
import { useDesigner } from '../use-designer'
import { type DesignedEvent, lookedAt } from './event'
import css from './events.module.css'

type Tried = components['schemas']['TriedOut']

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

function Outcome({ tried, fields }: { tried: Tried; fields: Field[] | undefined }) {
  const t = useT()
  const { form } = useDesigner()
  if (!tried.met) return <Alert type="info" showIcon title={t('events.notMet')} />
  const all = fields ?? form.fields ?? []
  const filled = all.filter(({ id }) => id in tried.values)
  const around = { id: '', values: tried.values as Values, titles: tried.titles ?? {} }
  return (
    <div className={css.outcome}>
      {[tried, ...(tried.further ?? [])].map(({ method, url, status, answer }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: calls have no other name than their place
        <div key={at}>
          <code>
            {method} {url} → {status}
          </code>
          <pre>{pretty(answer)}</pre>
        </div>
      ))}
      <h4>{t('events.mapped')}</h4>
      {filled.length === 0 ? <p className={css.hint}>{t('events.nothingMapped')}</p> : null}
      <dl>
        {filled.map((field) => (
          <div key={field.id}>
            <dt>{field.label}</dt>
            <dd>
              <FieldValue field={field} value={(tried.values as Values)[field.id]} record={around} mode="display" />
            </dd>
          </div>
        ))}
      </dl>
      {tried.problems.map(({ path, detail }) => (
        <p key={path.join('.')} className={css.odd}>
          {path.join(' › ')}: {detail}
        </p>
      ))}
    </div>
  )
}

/** Boxes for what the event looks at, a button, and what came of it. */
export function TryEvent({ event }: { event: DesignedEvent }) {
  const t = useT()
  const { app, form, editor } = useDesigner()
  const [values, setValues] = useState<Values>({})
  const [tried, setTried] = useState<Tried | null>(null)
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  const about = form.fields?.find(({ id }) => id === event.rows)
  const columns = about && columnsOf(about)
  const single = [...(columns ?? []), ...(form.fields ?? [])].filter(
    (field) => typeNamed(field.type)?.valued !== false && columnsOf(field) === undefined && !field.formula,
  )
  const asked = lookedAt(
    event,
    single.map(({ id }) => id),
  )
  const go = async () => {
    setBusy(true)
    setProblem('')
    try {
      await editor.flush()
      const params = { path: { app, form: form.id } }
      const sent = event.rows ? { ...values, [event.rows]: [values] } : values
      const body = { event: { ...event, enabled: true }, values: sent }
      setTried(await api.post('/api/apps/{app}/forms/{form}/try-event', { params, body }))
    } catch (error) {
      setTried(null)
      setProblem(sentenceOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <section className={css.trying}>
      <h3>{t('events.try')}</h3>
      <p className={css.hint}>{t('events.tryHint')}</p>
      {single
        .filter(({ id }) => asked.includes(id))
        .map((field) => {
          const Input = typeNamed(field.type)?.Input
          return Input ? (
            <Row key={field.id} label={field.label}>
              <Input
                field={field}
                value={values[field.id] ?? null}
                values={values}
                onChange={(value) => setValues({ ...values, [field.id]: value })}
              />
            </Row>
          ) : null
        })}
      <Button icon={<Play size={14} aria-hidden />} loading={busy} onClick={() => void go()}>
        {t('events.tryNow')}
      </Button>
      {problem ? <Alert type="error" showIcon title={problem} /> : null}
      {tried ? <Outcome tried={tried} fields={columns} /> : null}
    </section>
  )
}
