/** A rating 评分: so many stars of so many. */
import { Segmented } from 'antd'
import { Star } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { type FilterInputProps, fieldType, type Json, type SettingsProps } from './field'
import { decimalOf, fitted } from './parts/decimal'
import css from './parts/fields.module.css'
import { NumberBox } from './parts/number-box'
import { Setting, Settings, Toggle, Whole } from './parts/setting'
import { type RatingSettings, SIGNS, StarsInput, StarsShown } from './parts/stars'

const starsOf = (value: Json) => decimalOf(value)?.toNumber() ?? 0

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
  Input: ({ field, value, onChange, disabled, readOnly, id, describedBy }) => (
    <StarsInput
      {...{ field, id, describedBy }}
      value={starsOf(value)}
      disabled={disabled || readOnly}
      onChange={(next) => onChange(next ? String(next) : null)}
    />
  ),
  Cell: ({ field, value }) => (value ? <StarsShown field={field} value={starsOf(value)} size={14} /> : null),
  Display: ({ field, value }) => (value ? <StarsShown field={field} value={starsOf(value)} size={18} /> : null),
  FilterInput: Operand,
  Settings: Pane,
  fit: (field, value) => fitted({ decimals: field.halves ? 1 : 0 }, value),
})
