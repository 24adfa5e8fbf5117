/** A slider 滑块 or a progress bar 进度: a number within its range. */
import { Input, InputNumber, Progress, Segmented, Slider } from 'antd'
import { SlidersHorizontal } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { type FilterInputProps, fieldType, type InputProps, type Json, type SettingsProps } from './field'
import { decimalOf, fitted } from './parts/decimal'
import css from './parts/fields.module.css'
import { NumberBox } from './parts/number-box'
import { Setting, Settings } from './parts/setting'

interface SliderSettings {
  min?: string
  max?: string
  step?: string
  unit?: string
  shown_as?: 'slider' | 'progress'
}

const numberOf = (value: Json | undefined, fallback: number) => decimalOf(value)?.toNumber() ?? fallback
const rangeOf = (field: SliderSettings) => ({
  min: numberOf(field.min, 0),
  max: numberOf(field.max, 100),
  step: numberOf(field.step, 1),
})

function Track({ field, value, onChange, disabled, readOnly, id }: InputProps<SliderSettings, string>) {
  const range = rangeOf(field)
  const held = decimalOf(value)?.toNumber() ?? null
  const set = (next: number | null) => onChange(next === null ? null : String(next))
  return (
    <div className={css.track}>
      <Slider
        {...range}
        value={held ?? range.min}
        disabled={disabled || readOnly}
        tooltip={{ formatter: (at) => `${at}${field.unit ?? ''}` }}
        ariaLabelForHandle={field.label}
        onChange={set}
      />
      <InputNumber
        {...range}
        id={id}
        value={held}
        disabled={disabled || readOnly}
        suffix={field.unit}
        aria-label={field.label}
        controls={false}
        style={{ width: 92 }}
        onChange={set}
      />
    </div>
  )
}

function Shown({ field, value }: { field: SliderSettings & { label: string }; value: string | null }) {
  const held = decimalOf(value)?.toNumber()
  if (held === undefined) return null
  const text = `${value}${field.unit ?? ''}`
  if (field.shown_as !== 'progress') return <span className="tabular">{text}</span>
  const { min, max } = rangeOf(field)
  const percent = max > min ? ((held - min) / (max - min)) * 100 : 0
  return (
    <Progress
      percent={percent}
      size="small"
      format={() => text}
      style={{ maxWidth: 240, minWidth: 90 }}
      aria-label={field.label}
    />
  )
}

function Operand({ field, operator, value, onChange }: FilterInputProps<SliderSettings>) {
  const settings = { unit: field.unit }
  if (operator !== 'between')
    return <NumberBox settings={settings} value={value} onChange={onChange} label={field.label} />
  const [low = null, high = null] = Array.isArray(value) ? value : []
  return (
    <div className={css.pair}>
      <NumberBox settings={settings} value={low} onChange={(next) => onChange([next, high])} label={field.label} />
      <NumberBox settings={settings} value={high} onChange={(next) => onChange([low, next])} label={field.label} />
    </div>
  )
}

function Pane({ field, onChange }: SettingsProps<SliderSettings>) {
  const t = useT()
  const number = (key: 'min' | 'max' | 'step', fallback: string, label: string) => (
    <Setting label={label}>
      <NumberBox
        settings={{}}
        value={field[key] ?? fallback}
        label={label}
        onChange={(next) => onChange({ [key]: next ?? undefined })}
      />
    </Setting>
  )
  return (
    <Settings>
      <Setting label={t('fields.shownAs')}>
        <Segmented
          block
          value={field.shown_as ?? 'slider'}
          options={[
            { value: 'slider', label: t('fill.asSlider') },
            { value: 'progress', label: t('fill.asProgress') },
          ]}
          onChange={(shown_as) => onChange({ shown_as: shown_as as SliderSettings['shown_as'] })}
        />
      </Setting>
      <div className={css.pair}>
        {number('min', '0', t('fields.min'))}
        {number('max', '100', t('fields.max'))}
      </div>
      <div className={css.pair}>
        {number('step', '1', t('fill.step'))}
        <Setting label={t('fields.unit')}>
          <Input
            value={field.unit ?? ''}
            maxLength={20}
            onChange={(event) => onChange({ unit: event.target.value || undefined })}
          />
        </Setting>
      </div>
    </Settings>
  )
}

export default fieldType<SliderSettings, string>({
  label: { zh: '滑块', en: 'Slider' },
  icon: SlidersHorizontal,
  group: 'basic',
  rank: 6.6,
  kind: 'number',
  blank: {},
  columnWidth: 140,
  Input: Track,
  Cell: Shown,
  FilterInput: Operand,
  Settings: Pane,
  fit: (_, value) => fitted({}, value),
})
