/** The page that a public link opens 公开页面; nobody needs to sign in. */
import { Button, Input } from 'antd'
import { type FormEvent, type ReactNode, useEffect, useMemo, useState } from 'react'
import { api } from '@/api/client'
import { ApiProblem } from '@/api/problem'
import type { components } from '@/api/schema'
import { useT } from '@/i18n/i18n'
import { formatTime } from '@/lib/format'
import { usePath } from '@/lib/route'
import { setZone } from '@/lib/zone'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { FillFrame } from '@/ui/record/fill-frame'
import type { FormShape } from '@/ui/record/shape'
import { FormBones } from '@/ui/skeletons'
import { FillForm } from '../fill-form'
import { LookupForm } from '../lookup-form'
import css from '../sharing.module.css'

type Open = components['schemas']['PublicOut']

function Outside({ title, about, children }: { title?: string; about?: string; children: ReactNode }) {
  const t = useT()
  return (
    <FillFrame {...{ title, about }} foot={<a href="/">{t('sharing.by')}</a>}>
      {children}
    </FillFrame>
  )
}

function Unlock({ onTry, busy, problem }: { onTry: (password: string) => void; busy: boolean; problem: string }) {
  const t = useT()
  const [password, setPassword] = useState('')
  const send = (event: FormEvent) => {
    event.preventDefault()
    onTry(password)
  }
  return (
    <form className={css.unlock} onSubmit={send}>
      <label htmlFor="password">{t('sharing.unlockTitle')}</label>
      <Input.Password
        id="password"
        autoFocus
        maxLength={200}
        size="large"
        autoComplete="off"
        value={password}
        status={problem ? 'error' : undefined}
        aria-describedby={problem ? 'password-problem' : undefined}
        onChange={(event) => setPassword(event.target.value)}
      />
      {problem ? (
        <p id="password-problem" className={css.wrong} role="alert">
          {problem}
        </p>
      ) : null}
      <Button type="primary" size="large" htmlType="submit" loading={busy}>
        {t('sharing.unlock')}
      </Button>
    </form>
  )
}

const SHUT = { early: 'bird', over: 'boat', full: 'boat', done: 'hill' } as const

function Shut({ open }: { open: Open }) {
  const t = useT()
  const state = open.state as keyof typeof SHUT
  const time = formatTime((state === 'early' ? open.opens_at : open.closes_at) ?? '')
  return (
    <EmptyState figure={SHUT[state]} title={t(`sharing.${state}Title`)} hint={t(`sharing.${state}Hint`, { time })} />
  )
}

function Body({ token, open, password }: { token: string; open: Open; password: string }) {
  const shape = useMemo(
    () =>
      ({
        app: '',
        form: String(open.definition?.id ?? ''),
        version: 0,
        definition: open.definition,
        trees: open.trees,
        operations: ['create'],
        readable: [],
        writable: open.writable,
        forms: {},
      }) as unknown as FormShape,
    [open],
  )
  const columns = open.columns as { id: string; label: string }[]
  return open.kind === 'fill' ? (
    <FillForm {...{ token, password, shape }} prefill={open.prefill} captcha={open.captcha} services={open.services} />
  ) : (
    <LookupForm {...{ token, password, shape, columns }} captcha={open.captcha} />
  )
}

function useOpen(token: string) {
  const [open, setOpen] = useState<Open | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(true)
  const attempt = async (secret: string) => {
    setBusy(true)
    setError(null)
    try {
      const found = await api.post('/api/public/{token}', { params: { path: { token } }, body: { password: secret } })
      setZone(found.timezone)
      setPassword(secret)
      setOpen(found)
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each link
  useEffect(() => void attempt(''), [token])
  return { open, error, password, busy, attempt }
}

/** Loads what the token opens: a form, a lookup, a question for the password, or why it is shut. */
export default function OpenPage() {
  const t = useT()
  const { token } = usePath()
  const { open, error, password, busy, attempt } = useOpen(token)
  if (open === null && error !== null) {
    const gone = error instanceof ApiProblem && error.status === 404
    return (
      <Outside>
        {gone ? (
          <EmptyState figure="fish" title={t('sharing.closedTitle')} hint={error.detail} />
        ) : (
          <ErrorState error={error} onRetry={() => void attempt('')} />
        )}
      </Outside>
    )
  }
  if (open === null) return <Outside>{<FormBones fields={5} />}</Outside>
  const problem = error instanceof ApiProblem ? error.detail : ''
  return (
    <Outside title={open.title} about={open.description}>
      {open.trial && open.state === 'open' ? (
        <p className={`${css.note} ${css.body}`}>{t('sharing.trialPage')}</p>
      ) : null}
      {open.needs_password ? (
        <Unlock busy={busy} problem={problem} onTry={(secret) => void attempt(secret)} />
      ) : open.state === 'open' ? (
        <Body {...{ token, open, password }} />
      ) : (
        <Shut open={open} />
      )}
    </Outside>
  )
}
