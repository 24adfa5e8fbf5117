/** A box for one line of text 文本框, which several types share. */
import { Input } from 'antd'
import type { ComponentProps } from 'react'
import type { FilterInputProps, InputProps } from '@/fields/field'

type Keyboard = 'text' | 'tel' | 'email' | 'url'

type Props = InputProps<object, string> & {
  keyboard?: Keyboard
  maxLength?: number
  suffix?: ComponentProps<typeof Input>['suffix']
}

/** With the right keyboard on a phone. */
export function TextBox({ field, value, onChange, keyboard = 'text', maxLength, suffix, ...rest }: Props) {
  return (
    <Input
      id={rest.id}
      type={keyboard === 'text' || keyboard === 'url' ? 'text' : keyboard}
      inputMode={keyboard}
      value={value ?? ''}
      placeholder={field.placeholder}
      disabled={rest.disabled || rest.readOnly}
      status={rest.status}
      maxLength={maxLength}
      suffix={suffix}
      autoComplete="off"
      aria-describedby={rest.describedBy}
      aria-required={field.required}
      aria-label={field.label}
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
    />
  )
}

/** The operand of a filter over text. */
export function TextOperand({ field, value, onChange }: FilterInputProps<object>) {
  const text = typeof value === 'string' ? value : ''
  return <Input value={text} aria-label={field.label} onChange={(event) => onChange(event.target.value)} />
}
