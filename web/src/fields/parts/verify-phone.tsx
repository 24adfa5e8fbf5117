/** A code sent to a number, and typed 短信验证: until it is right, the record with the number is not taken. */
import { Button, Input } from 'antd'
import { BadgeCheck } from 'lucide-react'
import { useEffect, useState } from 'react'
import { sentenceOf } from '@/api/problem'
import type { FieldSurroundings } from '@/fields/context'
import { useT } from '@/i18n/i18n'
import css from './verify-phone.module.css'

interface VerifyProps {
  field: string
  number: string
  verifyPhone: NonNullable<FieldSurroundings['verifyPhone']>
}

/** Counts down to nought. */
function usePause() {
  const [left, setLeft] = useState(0)
  useEffect(() => {
    if (left === 0) return
    const timer = setTimeout(() => setLeft(left - 1), 1000)
    return () => clearTimeout(timer)
  }, [left])
  return { left, wait: setLeft }
}

/** A button that sends, a box for six digits, and whether they were right. */
export default function VerifyPhone({ field, number, verifyPhone }: VerifyProps) {
  const t = useT()
  const { left, wait } = usePause()
  const [code, setCode] = useState('')
  const [state, setState] = useState<'new' | 'sent' | 'verified'>('new')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true)
    setProblem('')
    try {
      await work()
    } catch (error) {
      setProblem(sentenceOf(error))
    } finally {
      setBusy(false)
    }
  }
  const send = () =>
    attempt(async () => {
      wait((await verifyPhone.send(field, number)).pause)
      setCode('')
      setState('sent')
    })
  const check = (typed: string) =>
    attempt(async () => {
      await verifyPhone.check(field, number, typed)
      setState('verified')
    })
  if (state === 'verified')
    return (
      <p className={css.verified} role="status">
        <BadgeCheck size={14} aria-hidden /> {t('fill.verified')}
      </p>
    )
  return (
    <div className={css.verify}>
      <div className={css.line}>
        {state === 'sent' ? (
          <Input
            value={code}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={6}
            placeholder={t('fill.code')}
            aria-label={t('fill.code')}
            onChange={({ target }) => {
              const typed = target.value.replace(/\D/g, '')
              setCode(typed)
              if (typed.length === 6) void check(typed)
            }}
          />
        ) : null}
        <Button loading={busy} disabled={left > 0} onClick={() => void send()}>
          {left > 0 ? t('fill.codeWait', { count: left }) : t(state === 'sent' ? 'fill.codeAgain' : 'fill.codeSend')}
        </Button>
      </div>
      {problem ? (
        <p className={css.problem} role="alert">
          {problem}
        </p>
      ) : (
        <p className={css.hint}>{t(state === 'sent' ? 'fill.codeSent' : 'fill.codeHint')}</p>
      )}
    </div>
  )
}
