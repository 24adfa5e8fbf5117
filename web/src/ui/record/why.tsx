/** Why it is waiting 为什么在等: whom, since when, until when, and what happens then. */
import { AlarmClock, Hourglass } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import css from './record.module.css'
import { spanWords } from './timeline'

interface WhyProps {
  /** In sentences, as the server says it. */
  waiting: string | undefined
  dueAt?: string | null | undefined
}

/** Red when it is overdue; nothing when nobody is awaited. */
export function Why({ waiting, dueAt }: WhyProps) {
  const t = useT()
  if (!waiting) return null
  const left = dueAt ? (new Date(dueAt).getTime() - Date.now()) / 1000 : null
  const late = left !== null && left < 0
  return (
    <div className={css.why} data-late={late}>
      <Hourglass size={15} aria-hidden />
      <p>{waiting}</p>
      {left === null ? null : (
        <>
          <AlarmClock size={15} aria-hidden />
          <p>{t(late ? 'record.lateBy' : 'record.timeLeft', { time: spanWords(Math.abs(left), t) })}</p>
        </>
      )}
    </div>
  )
}
