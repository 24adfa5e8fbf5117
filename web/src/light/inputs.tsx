/** Boxes to type in 轻输入框: the browser's own, with its own calendars and keyboards. */
import dayjs from 'dayjs'
import { X } from 'lucide-react'
import {
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type TextareaHTMLAttributes,
  useLayoutEffect,
  useRef,
} from 'react'
import { useT } from '@/i18n/i18n'
import css from './light.module.css'

interface BoxProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'prefix' | 'size'> {
  prefix?: ReactNode
  suffix?: ReactNode
  status?: string
  size?: string
  allowClear?: boolean
  ref?: Ref<HTMLInputElement>
}

function Box({ prefix, suffix, status, size: _, allowClear, className = '', style, ...rest }: BoxProps) {
  const t = useT()
  const wrong = status === 'error'
  const clear = allowClear && rest.value
  if (!prefix && !suffix && !allowClear)
    return (
      <input {...rest} style={style} className={`${css.box} ${className}`} data-wrong={wrong} aria-invalid={wrong} />
    )
  return (
    <span className={`${css.box} ${css.around} ${className}`} style={style} data-wrong={wrong}>
      {prefix}
      <input {...rest} aria-invalid={wrong} />
      {clear ? (
        <button
          type="button"
          className={css.clear}
          aria-label={t('ui.clear')}
          onClick={() => rest.onChange?.({ target: { value: '' } } as never)}
        >
          <X size={14} aria-hidden />
        </button>
      ) : null}
      {suffix}
    </span>
  )
}

interface AreaProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  autoSize?: boolean | { minRows?: number; maxRows?: number }
  status?: string
}

/** Grows with what is typed, up to its most rows. */
function TextArea({ autoSize, status, className = '', ...rest }: AreaProps) {
  const own = useRef<HTMLTextAreaElement>(null)
  const { minRows = 3, maxRows = 16 } = typeof autoSize === 'object' ? autoSize : {}
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed is what makes it grow
  useLayoutEffect(() => {
    const area = own.current
    if (!area) return
    area.style.height = 'auto'
    const line = Number.parseFloat(getComputedStyle(area).lineHeight) || 22
    area.style.height = `${Math.min(area.scrollHeight + 2, line * maxRows + 12)}px`
  }, [rest.value, maxRows])
  const wrong = status === 'error'
  return (
    <textarea
      {...rest}
      ref={own}
      rows={minRows}
      className={`${css.box} ${css.area} ${className}`}
      data-wrong={wrong}
      aria-invalid={wrong}
    />
  )
}

export const Input = Object.assign(Box, {
  TextArea,
  Password: (props: BoxProps) => <Box {...props} type="password" />,
})

interface NumberProps extends Omit<BoxProps, 'onChange' | 'value'> {
  value?: number | null
  onChange?: (value: number | null) => void
  controls?: boolean
  precision?: number
}

/** A number within its bounds. */
export function InputNumber({ value, onChange, controls: _, precision: __, ...rest }: NumberProps) {
  return (
    <Box
      {...rest}
      type="number"
      inputMode="decimal"
      value={value ?? ''}
      onChange={({ target }) => onChange?.(target.value === '' ? null : Number(target.value))}
    />
  )
}

type Day = dayjs.Dayjs

interface DayProps extends Omit<BoxProps, 'value' | 'onChange'> {
  value?: Day | null
  onChange?: (value: Day | null) => void
  showTime?: false | { format?: string }
  picker?: 'month' | 'date'
  minDate?: Day
  maxDate?: Day
  format?: unknown
  disabledDate?: unknown
}

/** The browser's own calendar. */
export function DatePicker(props: DayProps) {
  const { value, onChange, showTime, picker, minDate, maxDate, format: _, disabledDate: __, ...rest } = props
  const [type, shape] = showTime
    ? (['datetime-local', 'YYYY-MM-DDTHH:mm'] as const)
    : picker === 'month'
      ? (['month', 'YYYY-MM'] as const)
      : (['date', 'YYYY-MM-DD'] as const)
  return (
    <Box
      {...rest}
      type={type}
      min={minDate?.format(shape)}
      max={maxDate?.format(shape)}
      value={value?.format(shape) ?? ''}
      onChange={({ target }) => onChange?.(target.value ? dayjs(target.value) : null)}
    />
  )
}

/** The browser's own clock. */
export function TimePicker({ value, onChange, format, needConfirm: _, ...rest }: DayProps & { needConfirm?: boolean }) {
  const [shape = 'HH:mm'] = Array.isArray(format) ? (format as string[]) : []
  return (
    <Box
      {...rest}
      type="time"
      step={shape.endsWith('ss') ? 1 : undefined}
      value={value?.format(shape) ?? ''}
      onChange={({ target }) => onChange?.(target.value ? dayjs(`2000-01-01T${target.value}`) : null)}
    />
  )
}
