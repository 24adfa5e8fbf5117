/** A public lookup 公开查询: what is known goes in, the chosen fields of what matches come out. */
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { api } from '@/api/client'
import { sentenceOf } from '@/api/problem'
import { FieldContext, useFieldContext } from '@/fields/context'
import { typeNamed } from '@/fields/registry'
import { useT } from '@/i18n/i18n'
import { useSearchState } from '@/lib/route'
import { EmptyState } from '@/ui/empty-state'
import { prefilled } from '@/ui/record/prefill'
import { RecordForm } from '@/ui/record/record-form'
import { type FormShape, fieldsOf } from '@/ui/record/shape'
import { useRecordForm } from '@/ui/record/use-record-form'
import { useProof } from './proof/use-proof'
import css from './sharing.module.css'

type Row = Record<string, string>

interface LookupProps {
  token: string
  password: string
  /** What is to be proved before searching: "", work or provider. */
  captcha: string
  shape: FormShape
  columns: { id: string; label: string }[]
}

function Found({ rows, columns }: { rows: Row[]; columns: LookupProps['columns'] }) {
  const t = useT()
  if (rows.length === 0) {
    return <EmptyState small figure="fish" title={t('sharing.nothing')} hint={t('sharing.nothingHint')} />
  }
  return (
    <div className={css.rows} role="status">
      <span className={css.facts}>{t('sharing.found', { count: rows.length })}</span>
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an answer without ids that never moves
        <dl key={at} className={css.found}>
          {columns.map(({ id, label }) => [<dt key={`${id} label`}>{label}</dt>, <dd key={id}>{row[id] || '–'}</dd>])}
        </dl>
      ))}
    </div>
  )
}

/** Boxes for what must be known, a button, and what was found. */
export function LookupForm({ token, password, captcha, shape, columns }: LookupProps) {
  const t = useT()
  const around = useFieldContext()
  const [search] = useSearchState<Record<string, unknown>>()
  const asked = useMemo(() => {
    const fields = fieldsOf(shape).map((field) => ({ ...field, required: true, unique: false, default: undefined }))
    return { ...shape, definition: { ...shape.definition, fields } } as FormShape
  }, [shape])
  const start = useMemo(() => prefilled(fieldsOf(asked), search), [asked, search])
  const state = useRecordForm({ shape: asked, start })
  const [rows, setRows] = useState<Row[] | null>(null)
  const { proof, shown, missing } = useProof(token, password, captcha)
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  const go = async () => {
    setProblem('')
    if (!state.isComplete()) return
    if (missing()) return setProblem(missing())
    setBusy(true)
    try {
      const body = { values: state.all(), password, proof: await proof() }
      const found = await api.post('/api/public/{token}/query', { params: { path: { token } }, body })
      setRows(found.rows as Row[])
    } catch (error) {
      setRows(null)
      if (!state.refuse(error)) setProblem(sentenceOf(error))
    } finally {
      setBusy(false)
    }
  }
  const surroundings = {
    ...around,
    members: [],
    departments: [],
    forms: [],
    me: '',
    typeNamed,
    options: async () => [],
  }
  return (
    <FieldContext.Provider value={surroundings}>
      <form
        className={css.body}
        onSubmit={(event) => {
          event.preventDefault()
          void go()
        }}
      >
        <RecordForm state={state} />
        {shown}
        {problem ? (
          <p className={css.problem} role="alert">
            {problem}
          </p>
        ) : null}
        <div className={css.send}>
          <Button type="primary" size="large" htmlType="submit" loading={busy}>
            {t('sharing.search')}
          </Button>
        </div>
        {rows === null ? null : <Found rows={rows} columns={columns} />}
      </form>
    </FieldContext.Provider>
  )
}
