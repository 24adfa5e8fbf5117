/** The operator's captcha, framed so that its script never runs in our page 人机验证框. */
import { useEffect } from 'react'
import { useT } from '@/i18n/i18n'
import css from './captcha.module.css'
import { hearing } from './prove'

/** Tells every answer; "" when one has expired. */
export function Captcha({ turn, onAnswer }: { turn: number; onAnswer: (answer: string) => void }) {
  const t = useT()
  useEffect(() => hearing(onAnswer), [onAnswer])
  return (
    <iframe
      key={turn}
      className={css.frame}
      src="/captcha"
      title={t('sharing.captchaFrame')}
      sandbox="allow-scripts allow-same-origin allow-forms allow-popups"
    />
  )
}
