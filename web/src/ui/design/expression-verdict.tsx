/** What is said below a formula 公式检查结果: its type and a sample result, or what is wrong. */
import { Check, CircleAlert } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import css from './design.module.css'
import type { Explained, Fault } from './use-explained'

function shown(result: unknown, empty: string): string {
  if (result === null || result === undefined || result === '') return empty
  return typeof result === 'object' ? JSON.stringify(result) : String(result)
}

interface VerdictProps {
  explained: Explained | null
  /** One click writes what the server suggests. */
  onMend?: (fault: Fault) => void
}

/** A quiet line when all is well, sentences when not. */
export function ExpressionVerdict({ explained, onMend }: VerdictProps) {
  const t = useT()
  if (explained === null) return null
  if (!explained.ok) {
    return (
      <div role="alert">
        <ul className={css.verdictWrong}>
          {explained.faults.map((fault) => (
            <li key={`${fault.start} ${fault.sentence}`}>
              <CircleAlert size={13} aria-hidden />
              <span>{fault.sentence}</span>
              {fault.fix !== null && onMend ? (
                <button type="button" onMouseDown={(event) => event.preventDefault()} onClick={() => onMend(fault)}>
                  {t('design.mend', { fix: fault.fix })}
                </button>
              ) : null}
            </li>
          ))}
        </ul>
      </div>
    )
  }
  if (explained.type === '') return null
  const name = t(`design.types.${explained.type}`, { defaultValue: explained.type })
  const value = explained.type === 'boolean' && typeof explained.result === 'boolean'
  const result = value ? t(explained.result ? 'ui.yes' : 'ui.no') : shown(explained.result, t('design.empty'))
  return (
    <div className={css.verdict}>
      <Check size={13} aria-hidden />
      <span>{t('design.resultIs', { type: name })}</span>
      <span className={css.verdictSample} title={t('design.sampleResult')}>
        {t('design.sampleResult')}: <b>{result}</b>
      </span>
    </div>
  )
}
