/** A box for one line of text 文本框, which several types share. */
import { Button, Input } from 'antd'
import { ScanLine } from 'lucide-react'
import { type ComponentProps, lazy, Suspense, useState } from 'react'
import type { FilterInputProps, InputProps } from '@/fields/field'
import { useT } from '@/i18n/i18n'

const Scanner = lazy(() => import('@/ui/fill/scanner'))

type Keyboard = 'text' | 'tel' | 'email' | 'url' | 'numeric'

type Props = InputProps<object, string> & {
  keyboard?: Keyboard
  maxLength?: number
  suffix?: ComponentProps<typeof Input>['suffix']
}

/** Opens the scanner; the code that is read takes the place of what was typed. */
function ScanButton({ onRead }: { onRead: (text: string) => void }) {
  const t = useT()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        type="text"
        size="small"
        icon={<ScanLine size={16} aria-hidden />}
        aria-label={t('fill.scan')}
        title={t('fill.scan')}
        onClick={() => setOpen(true)}
      />
      {open ? (
        <Suspense>
          <Scanner
            onClose={() => setOpen(false)}
            onRead={(text) => {
              setOpen(false)
              onRead(text)
            }}
          />
        </Suspense>
      ) : null}
    </>
  )
}

/** With the right keyboard on a phone, and a scanner where the field asks for one. */
export function TextBox({ field, value, onChange, keyboard = 'text', maxLength, suffix, ...rest }: Props) {
  const locked = rest.disabled || rest.readOnly
  const scan = field.scan && !locked ? <ScanButton onRead={(text) => onChange(text.slice(0, maxLength))} /> : undefined
  return (
    <Input
      id={rest.id}
      type={keyboard === 'tel' || keyboard === 'email' ? keyboard : 'text'}
      inputMode={keyboard}
      value={value ?? ''}
      placeholder={field.placeholder}
      disabled={locked}
      status={rest.status}
      maxLength={maxLength}
      suffix={suffix ?? scan}
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
