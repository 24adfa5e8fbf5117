/** The form of a public link, filled in by a stranger 公开填写. */
import { Button } from 'antd'
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { api } from '@/api/client'
import { ApiProblem, sentenceOf } from '@/api/problem'
import { upload } from '@/api/upload'
import { FieldContext, type FieldSurroundings, type StoredFile, useFieldContext } from '@/fields/context'
import type { Values } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import { useT } from '@/i18n/i18n'
import { useSearchState } from '@/lib/route'
import { EmptyState } from '@/ui/empty-state'
import { PagedForm } from '@/ui/record/paged-form'
import { prefilled } from '@/ui/record/prefill'
import { Prompt } from '@/ui/record/prompt'
import { type FormShape, fieldsOf } from '@/ui/record/shape'
import { useRecordForm } from '@/ui/record/use-record-form'
import { forget, keep, newAttempt, readKept } from './kept'
import { useProof } from './proof/use-proof'
import { usePublicCalls } from './proof/use-public-calls'
import css from './sharing.module.css'

interface FillProps {
  token: string
  password: string
  /** What is to be proved before sending: "", work or provider. */
  captcha: string
  services: string[]
  shape: FormShape
  prefill: boolean
}

const RECORDS = '/api/public/{token}/records'

/** Fields of a public page: no people, no other records; files go in by the link. */
function useSurroundings({ token, password, shape, services }: FillProps): FieldSurroundings {
  const around = useFieldContext()
  const { runEvent, verifyPhone } = usePublicCalls(token, password, services)
  return useMemo(
    () => ({
      ...around,
      app: '',
      form: shape.form,
      me: '',
      members: [],
      departments: [],
      forms: [],
      within: '',
      typeNamed,
      options: async () => [],
      openRecord: () => undefined,
      runEvent,
      verifyPhone,
      createRecord: undefined,
      upload: (file, onProgress) =>
        upload<StoredFile>(`/api/public/${encodeURIComponent(token)}/files`, file, onProgress, { password }),
    }),
    [around, token, password, shape, runEvent, verifyPhone],
  )
}

function useSending(
  token: string,
  password: string,
  proof: () => Promise<string>,
  onSent: (thanks: string, again: boolean, values: Values) => void,
) {
  const [busy, setBusy] = useState(false)
  const send = useCallback(
    async (values: Values, attempt: string) => {
      setBusy(true)
      try {
        const shown = await proof()
        const { thanks, again } = await api.post(RECORDS, {
          params: { path: { token } },
          body: { values, password, attempt, proof: shown },
        })
        forget(token)
        onSent(thanks, again, values)
      } finally {
        setBusy(false)
      }
    },
    [token, password, proof, onSent],
  )
  return { busy, send }
}

interface SheetProps extends FillProps {
  start: Values
  typed?: Values
  step?: string
  waiting: boolean
  attempt: string
  onSent: (thanks: string, again: boolean, values: Values) => void
}

function Sheet({ token, password, captcha, shape, start, typed, step, waiting: first, attempt, onSent }: SheetProps) {
  const t = useT()
  const state = useRecordForm({ shape, start, typed, fresh: true })
  const [problem, setProblem] = useState('')
  const [waiting, setWaiting] = useState(first)
  const { proof, shown: asked, missing } = useProof(token, password, captcha)
  const { busy, send } = useSending(token, password, proof, onSent)
  const latest = useRef(state)
  latest.current = state
  const { values, dirty } = state
  const [at, setAt] = useState(step)
  const place = useRef(at)
  place.current = at
  // biome-ignore lint/correctness/useExhaustiveDependencies: typing is what sets the clock
  useEffect(() => {
    if (!dirty || waiting) return
    const now = () => ({ values: latest.current.all(), attempt, waiting: false, step: place.current })
    const timer = setTimeout(() => keep(token, now()), 400)
    return () => clearTimeout(timer)
  }, [values, dirty, waiting, at])
  const go = useCallback(async () => {
    setProblem('')
    if (!latest.current.isComplete()) return
    if (missing()) return setProblem(missing())
    const sent = latest.current.all()
    try {
      await send(sent, attempt)
    } catch (error) {
      const offline = error instanceof ApiProblem && error.code === 'offline'
      if (offline) keep(token, { values: sent, attempt, waiting: true, step: place.current })
      setWaiting(offline)
      if (!offline && !latest.current.refuse(error)) setProblem(sentenceOf(error))
    }
  }, [send, attempt, token, missing])
  useEffect(() => {
    if (!waiting) return
    const retry = () => void go()
    window.addEventListener('online', retry)
    if (navigator.onLine) retry()
    return () => window.removeEventListener('online', retry)
  }, [waiting, go])
  return (
    <div className={css.body}>
      {typed && !waiting ? <p className={css.quiet}>{t('sharing.kept')}</p> : null}
      {problem ? (
        <p className={css.problem} role="alert">
          {problem}
        </p>
      ) : null}
      {waiting ? (
        <p className={css.note} role="status">
          {t('sharing.waiting')}
        </p>
      ) : null}
      {asked}
      <PagedForm
        state={state}
        judge={(given, seen) =>
          api.post('/api/public/{token}/judge', {
            params: { path: { token } },
            body: { values: given, seen, password },
          })
        }
        step={step}
        onStep={setAt}
        onEnd={() => void go()}
        send={
          <Button type="primary" size="large" loading={busy} onClick={() => void go()}>
            {t('sharing.submit')}
          </Button>
        }
      />
    </div>
  )
}

function Sent({ thanks, onAgain }: { thanks: ReactNode; onAgain?: () => void }) {
  const t = useT()
  const again = onAgain ? <Button onClick={onAgain}>{t('sharing.again')}</Button> : null
  return (
    <div className={css.ending} role="status">
      <EmptyState figure="hill" title={t('sharing.sent')} hint={thanks || t('sharing.sentHint')} action={again} />
    </div>
  )
}

/** The form, then thanks, then perhaps once more. */
export function FillForm(props: FillProps) {
  const { token, shape, prefill } = props
  const [search] = useSearchState<Record<string, unknown>>()
  const [kept, setKept] = useState(() => readKept(token))
  const [attempt, setAttempt] = useState(() => kept?.attempt ?? newAttempt())
  const [sent, setSent] = useState<{ thanks: string; again: boolean; values: Values } | null>(null)
  const start = useMemo(() => (prefill ? prefilled(fieldsOf(shape), search) : {}), [prefill, shape, search])
  const around = useSurroundings(props)
  const done = useCallback((thanks: string, again: boolean, values: Values) => setSent({ thanks, again, values }), [])
  const anew = () => {
    setKept(null)
    setAttempt(newAttempt())
    setSent(null)
    window.scrollTo({ top: 0 })
  }
  const { after } = shape.definition
  const said = after?.prompt ? <Prompt after={after} fields={fieldsOf(shape)} values={sent?.values ?? {}} /> : null
  if (sent)
    return (
      <FieldContext.Provider value={around}>
        <Sent thanks={sent.thanks || said} onAgain={sent.again ? anew : undefined} />
      </FieldContext.Provider>
    )
  return (
    <FieldContext.Provider value={around}>
      <Sheet
        key={attempt}
        {...props}
        {...{ start, attempt }}
        typed={kept?.values}
        step={kept?.step}
        waiting={kept?.waiting ?? false}
        onSent={done}
      />
    </FieldContext.Provider>
  )
}
