/** A slider with a box for its number 滑块, and a bar; fetched with the first of them. */
import { InputNumber, Progress, Slider } from 'antd'
import type { InputProps, Json } from '@/fields/field'
import { decimalOf } from './decimal'
import css from './fields.module.css'

export interface SliderSettings {
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

/** Dragged or typed. */
export function Track({ field, value, onChange, disabled, readOnly, id }: InputProps<SliderSettings, string>) {
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

/** A number as a bar between its bounds. */
export function Bar({ field, value }: { field: SliderSettings & { label: string }; value: string }) {
  const { min, max } = rangeOf(field)
  const held = decimalOf(value)?.toNumber() ?? min
  return (
    <Progress
      percent={max > min ? ((held - min) / (max - min)) * 100 : 0}
      size="small"
      format={() => `${value}${field.unit ?? ''}`}
      style={{ maxWidth: 240, minWidth: 90 }}
      aria-label={field.label}
    />
  )
}
