/** Boxes to tick, switches, bars 轻勾选. */
import type { CSSProperties, InputHTMLAttributes, ReactNode } from 'react'
import css from './light.module.css'

interface Ticked {
  target: { checked: boolean; value: never }
}

interface TickProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value'> {
  children?: ReactNode
  onChange?: (event: Ticked) => void
}

interface Entry {
  value: string
  label: ReactNode
  disabled?: boolean
}

interface GroupProps<V> {
  value?: V
  options?: (Entry | string | number)[]
  disabled?: boolean
  className?: string
  style?: CSSProperties
  'aria-label'?: string
  'aria-describedby'?: string
}

const entryOf = (one: Entry | string | number): Entry =>
  typeof one === 'object' ? one : { value: one as string, label: one }

function Tick({ type, children, className = '', ...rest }: TickProps & { type: 'checkbox' | 'radio'; value?: string }) {
  return (
    <label className={`${css.tick} ${className}`} data-off={rest.disabled}>
      <input {...(rest as InputHTMLAttributes<HTMLInputElement>)} type={type} />
      {children ? <span>{children}</span> : null}
    </label>
  )
}

function CheckboxGroup({
  value = [],
  options = [],
  disabled,
  onChange,
  className = '',
  ...rest
}: GroupProps<string[]> & {
  onChange?: (value: string[]) => void
}) {
  const flip = (id: string, on: boolean) => onChange?.(on ? [...value, id] : value.filter((each) => each !== id))
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame
    <div role="group" {...rest} className={`${css.group} ${className}`}>
      {options.map(entryOf).map((one) => (
        <Tick
          key={one.value}
          type="checkbox"
          checked={value.includes(one.value)}
          disabled={disabled || one.disabled}
          onChange={({ target }) => flip(one.value, target.checked)}
        >
          {one.label}
        </Tick>
      ))}
    </div>
  )
}

/** A box, or a group of them. */
export const Checkbox = Object.assign((props: TickProps) => <Tick {...props} type="checkbox" />, {
  Group: CheckboxGroup,
})

function RadioGroup({
  value,
  options = [],
  disabled,
  onChange,
  optionType,
  className = '',
  ...rest
}: GroupProps<string> & {
  optionType?: 'button' | 'default'
  onChange?: (event: { target: { value: string } }) => void
}) {
  const name = rest['aria-label']
  return (
    <div role="radiogroup" {...rest} className={`${css.group} ${className}`} data-look={optionType}>
      {options.map(entryOf).map((one) => (
        <Tick
          key={one.value}
          type="radio"
          name={name}
          checked={value === one.value}
          disabled={disabled || one.disabled}
          onChange={() => onChange?.({ target: { value: one.value } })}
        >
          {one.label}
        </Tick>
      ))}
    </div>
  )
}

/** One of several. */
export const Radio = Object.assign((props: TickProps) => <Tick {...props} type="radio" />, { Group: RadioGroup })

/** One of several, side by side. */
export function Segmented({
  onChange,
  block: _,
  ...rest
}: GroupProps<string> & {
  onChange?: (value: string) => void
  block?: boolean
}) {
  return <RadioGroup {...rest} optionType="button" onChange={({ target }) => onChange?.(target.value)} />
}

/** On or off. */
export function Switch({
  checked,
  onChange,
  size: _,
  ...rest
}: Omit<TickProps, 'onChange' | 'size'> & {
  onChange?: (on: boolean) => void
  size?: string
}) {
  return (
    <input
      {...rest}
      type="checkbox"
      role="switch"
      aria-checked={checked === true}
      className={css.switch}
      checked={checked === true}
      onChange={({ target }) => onChange?.(target.checked)}
    />
  )
}

interface SliderProps {
  value?: number
  min?: number
  max?: number
  step?: number
  disabled?: boolean
  ariaLabelForHandle?: string
  onChange?: (value: number) => void
}

/** Dragged along its track. */
export function Slider({ ariaLabelForHandle, onChange, value, min, max, step, disabled }: SliderProps) {
  return (
    <input
      type="range"
      className={css.range}
      {...{ value, min, max, step, disabled }}
      aria-label={ariaLabelForHandle}
      onChange={({ target }) => onChange?.(Number(target.value))}
    />
  )
}

interface ProgressProps {
  percent?: number
  format?: (percent: number) => ReactNode
  style?: CSSProperties
  'aria-label'?: string
}

/** How far it is. */
export function Progress({ percent = 0, format = (share) => `${Math.round(share)}%`, style, ...rest }: ProgressProps) {
  return (
    <span className={css.progress} style={style}>
      <progress value={percent} max={100} aria-label={rest['aria-label'] ?? `${Math.round(percent)}%`} />
      <span className="tabular">{format(percent)}</span>
    </span>
  )
}

interface ChipProps {
  checked?: boolean
  onChange?: (on: boolean) => void
  className?: string
  children?: ReactNode
}

/** A word that is chosen or not. */
export const Tag = Object.assign(
  ({ children }: { children?: ReactNode }) => <span className={css.chip}>{children}</span>,
  {
    CheckableTag: ({ checked, onChange, className = '', children }: ChipProps) => (
      <button
        type="button"
        className={`${css.chip} ${className}`}
        aria-pressed={checked}
        onClick={() => onChange?.(!checked)}
      >
        {children}
      </button>
    ),
  },
)

/** Something is on its way. */
export function Spin({ children }: { children?: ReactNode; size?: string; spinning?: boolean }) {
  return children ?? <span className={css.spin} role="status" />
}
