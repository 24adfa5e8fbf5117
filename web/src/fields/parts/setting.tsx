/** A setting of a field type in the designer 字段设置: a label over its control. */
import { InputNumber, Switch } from 'antd'
import type { ReactNode } from 'react'
import css from './fields.module.css'

/** Settings stand under one another. */
export function Settings({ children }: { children: ReactNode }) {
  return <div className={css.settings}>{children}</div>
}

/** One setting. */
export function Setting({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label className={css.setting}>
      <span className={css.settingLabel}>{label}</span>
      {children}
    </label>
  )
}

/** A setting that is on or off. */
export function Toggle({ label, on, onChange }: { label: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <div className={css.settingRow}>
      <span>{label}</span>
      <Switch size="small" checked={on} onChange={onChange} aria-label={label} />
    </div>
  )
}

interface WholeProps {
  label: string
  value: number | null | undefined
  fallback?: number
  min?: number
  max?: number
  placeholder?: string
  onChange: (value: number | undefined) => void
}

/** A setting that is a whole number. */
export function Whole({ label, value, fallback, min = 0, max, placeholder, onChange }: WholeProps) {
  return (
    <Setting label={label}>
      <InputNumber
        value={value ?? fallback}
        min={min}
        max={max}
        precision={0}
        placeholder={placeholder}
        style={{ width: '100%' }}
        onChange={(next) => onChange(next ?? undefined)}
      />
    </Setting>
  )
}
