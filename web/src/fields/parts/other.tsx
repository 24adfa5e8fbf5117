/** An answer of one's own 其他: marked before the text, so that it is never taken for an option. */
import { Input } from 'antd'
import { useT } from '@/i18n/i18n'
import css from './fields.module.css'

export const OTHER = 'other:'

/** Whether a value is an answer of one's own. */
export function isOther(value: string | null | undefined): value is string {
  return value?.startsWith(OTHER) === true
}

/** The box for it. */
export function OtherBox({
  value,
  onChange,
  disabled,
}: {
  value: string
  onChange: (value: string) => void
  disabled?: boolean
}) {
  const t = useT()
  return (
    <Input
      className={css.other}
      value={value.slice(OTHER.length)}
      placeholder={t('fill.ownAnswerHint')}
      aria-label={t('fill.ownAnswer')}
      maxLength={200}
      disabled={disabled}
      onChange={(event) => onChange(OTHER + event.target.value)}
    />
  )
}
