/** A rating 评分: so many stars of so many. */
import { Rate, Segmented } from 'antd'
import { Heart, Star, ThumbsUp } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { type FilterInputProps, fieldType, type Json, type SettingsProps } from './field'
import { decimalOf, fitted } from './parts/decimal'
import css from './parts/fields.module.css'
import { NumberBox } from './parts/number-box'
import { Setting, Settings, Toggle, Whole } from './parts/setting'

const SIGNS = { star: Star, heart: Heart, thumb: ThumbsUp } as const

interface RatingSettings {
  top?: number
  halves?: boolean
  sign?: keyof typeof SIGNS
}

const starsOf = (value: Json) => decimalOf(value)?.toNumber() ?? 0

function Stars({
  field,
  value,
  size,
  ...rest
}: {
  field: RatingSettings & { label: string }
  value: Json
  size: number
  disabled?: boolean
  id?: string
  onChange?: (next: number) => void
}) {
  const Sign = SIGNS[field.sign ?? 'star']
  return (
    <Rate
      {...rest}
      className={css.stars}
      style={{ fontSize: size }}
      count={field.top ?? 5}
      allowHalf={field.halves}
      value={starsOf(value)}
      character={<Sign size={size} fill="currentColor" strokeWidth={1} />}
    />
  )
}

function Operand({ field, operator, value, onChange }: FilterInputProps<RatingSettings>) {
  const box = (held: Json, set: (next: string | null) => void, label: string) => (
    <NumberBox settings={{}} value={held} onChange={set} label={label} />
  )
  if (operator !== 'between') return box(value, onChange, field.label)
  const [low = null, high = null] = Array.isArray(value) ? value : []
  return (
    <div className={css.pair}>
      {box(low, (next) => onChange([next, high]), `${field.label} ≥`)}
      {box(high, (next) => onChange([low, next]), `${field.label} ≤`)}
    </div>
  )
}

function Pane({ field, onChange }: SettingsProps<RatingSettings>) {
  const t = useT()
  return (
    <Settings>
      <Setting label={t('fill.signShape')}>
        <Segmented
          block
          value={field.sign ?? 'star'}
          options={Object.keys(SIGNS).map((value) => ({ value, label: t(`fill.sign_${value}`) }))}
          onChange={(sign) => onChange({ sign: sign as RatingSettings['sign'] })}
        />
      </Setting>
      <Whole
        label={t('fill.top')}
        value={field.top}
        fallback={5}
        min={2}
        max={10}
        onChange={(top) => onChange({ top })}
      />
      <Toggle label={t('fill.halves')} on={field.halves === true} onChange={(halves) => onChange({ halves })} />
    </Settings>
  )
}

export default fieldType<RatingSettings, string>({
  label: { zh: '评分', en: 'Rating' },
  icon: Star,
  group: 'basic',
  rank: 6.3,
  kind: 'number',
  blank: {},
  columnWidth: 128,
  Input: ({ field, value, onChange, disabled, readOnly, id }) => (
    <span className={css.rate}>
      <Stars
        {...{ field, value, id }}
        size={24}
        disabled={disabled || readOnly}
        onChange={(next) => onChange(next ? String(next) : null)}
      />
    </span>
  ),
  Cell: ({ field, value }) =>
    value ? (
      <span role="img" aria-label={`${value} / ${field.top ?? 5}`}>
        <Stars field={field} value={value} size={14} disabled />
      </span>
    ) : null,
  FilterInput: Operand,
  Settings: Pane,
  fit: (field, value) => fitted({ decimals: field.halves ? 1 : 0 }, value),
})
