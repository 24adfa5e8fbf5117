/** A box for a number 数字框: typed plainly, shown with thousands when left. */
import { Input, type InputRef } from 'antd'
import { useLayoutEffect, useRef, useState } from 'react'
import type { Json } from '@/fields/field'
import { decimalOf, type NumberSettings, readNumber, shownNumber, signOf, typedNumber } from './decimal'
import css from './fields.module.css'

interface NumberBoxProps {
  settings: NumberSettings
  value: Json
  onChange: (value: string | null) => void
  id?: string
  placeholder?: string
  disabled?: boolean
  status?: 'error' | 'warning'
  describedBy?: string
  label?: string
}

function resting(value: Json, settings: NumberSettings): string {
  if (decimalOf(value) === null) return typedNumber(value, settings)
  const bare =
    settings.format === 'percent' ? typedNumber(value, settings) : shownNumber(value, { ...settings, unit: '' })
  return settings.format === 'money' ? bare.replace(signOf(settings.currency), '') : bare
}

/** Right-aligned, tabular, with the keyboard for decimals. */
export function NumberBox({ settings, value, onChange, describedBy, label, ...rest }: NumberBoxProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const box = useRef<InputRef>(null)
  const typing = typed !== null
  // the plain number takes the place of the shown one, which would leave the caret at its end
  useLayoutEffect(() => {
    if (typing) box.current?.select()
  }, [typing])
  const sign = settings.format === 'money' ? signOf(settings.currency) : undefined
  const unit = settings.format === 'percent' ? '%' : settings.unit || undefined
  return (
    <Input
      {...rest}
      ref={box}
      className={css.number}
      inputMode="decimal"
      autoComplete="off"
      prefix={sign ? <span className={css.quiet}>{sign}</span> : undefined}
      suffix={unit ? <span className={css.quiet}>{unit}</span> : undefined}
      aria-describedby={describedBy}
      aria-label={label}
      value={typed ?? resting(value, settings)}
      onFocus={() => setTyped(typedNumber(value, settings))}
      onBlur={() => setTyped(null)}
      onChange={(event) => {
        setTyped(event.target.value)
        onChange(readNumber(event.target.value, settings))
      }}
    />
  )
}
