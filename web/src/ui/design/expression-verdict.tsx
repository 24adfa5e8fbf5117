/** What is said below a formula 公式检查结果: its type and a sample result, or what is wrong. */
import { Check, CircleAlert } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import css from './design.module.css'
import type { Explained } from './use-explained'

function shown(result: unknown, empty: string): string {
  if (result === null || result === undefined || result === '') return empty
  return typeof result === 'object' ? JSON.stringify(result) : String(result)
}

/** A quiet line when all is well, sentences when not. */
export function ExpressionVerdict({ explained, condition }: { explained: Explained | null; condition: boolean }) {
  const t = useT()
  if (explained === null) return null
  const mistaken = explained.ok && condition && !['', 'boolean', 'bool', 'any'].includes(explained.type)
  const problems = mistaken ? [t('design.needsBoolean')] : explained.problems
  if (!explained.ok || mistaken) {
    return (
      <ul className={css.verdictWrong} role="alert">
        {problems.map((problem) => (
          <li key={problem}>
            <CircleAlert size={13} aria-hidden />
            {problem}
          </li>
        ))}
      </ul>
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
