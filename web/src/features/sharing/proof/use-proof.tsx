/** What a link asks of a stranger before it takes anything 人机验证: nothing is loaded where it asks for nothing. */
import { lazy, type ReactNode, Suspense, useCallback, useState } from 'react'
import { useT } from '@/i18n/i18n'

const Captcha = lazy(() => import('./captcha').then((module) => ({ default: module.Captcha })))

interface Proving {
  /** A proof for one request; raises what the server says. */
  proof: () => Promise<string>
  /** The captcha, where there is one. */
  shown: ReactNode
  /** What is missing, in words; "" when all is there. */
  missing: () => string
}

/** `kind` is what the page of the link says: "", work or provider. */
export function useProof(token: string, password: string, kind: string): Proving {
  const t = useT()
  const [answer, setAnswer] = useState('')
  const [turn, setTurn] = useState(0)
  const proof = useCallback(async () => {
    if (kind === '') return ''
    const { prove } = await import('./prove')
    try {
      return await prove(token, password, answer)
    } finally {
      setAnswer('')
      setTurn((before) => before + 1)
    }
  }, [token, password, kind, answer])
  const asks = kind === 'provider'
  const missing = useCallback(() => (asks && answer === '' ? t('sharing.captchaFirst') : ''), [asks, answer, t])
  const shown = asks ? (
    <Suspense>
      <Captcha turn={turn} onAnswer={setAnswer} />
    </Suspense>
  ) : null
  return { proof, shown, missing }
}
