/** A mobile number 手机. */
import { Smartphone } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useT } from '@/i18n/i18n'
import { useFieldContext } from './context'
import { fieldType, type InputProps, type SettingsProps } from './field'
import { Cut } from './parts/cut'
import { Settings, Toggle } from './parts/setting'
import { TextBox, TextOperand } from './parts/text-box'

const Verify = lazy(() => import('./parts/verify-phone'))

interface MobileSettings {
  abroad?: boolean
  verify?: boolean
}

/** 138 0000 1234, as people read it. */
function grouped(value: string | null): string {
  return value?.replace(/^(\d{3})(\d{4})(\d{4})$/, '$1 $2 $3') ?? ''
}

function Pane({ field, onChange }: SettingsProps<MobileSettings>) {
  const t = useT()
  const { services = [], within } = useFieldContext()
  return (
    <Settings>
      <Toggle
        label={t('fill.abroad')}
        on={field.abroad === true}
        onChange={(abroad) => onChange({ abroad: abroad || undefined })}
      />
      {within === '' && (services.includes('sms') || field.verify) ? (
        <Toggle
          label={t('fill.verify')}
          on={field.verify === true}
          onChange={(verify) => onChange({ verify: verify || undefined })}
        />
      ) : null}
    </Settings>
  )
}

/** The number, and beneath it the code that shows that it is one's own. */
function Box(props: InputProps<MobileSettings, string>) {
  const { verifyPhone } = useFieldContext()
  const [first] = useState(props.value)
  const asks = props.field.verify && verifyPhone && !props.readOnly && !props.disabled && props.value !== first
  return (
    <>
      <TextBox {...props} keyboard="tel" maxLength={20} />
      {asks && props.value ? (
        <Suspense>
          <Verify key={props.value} field={props.field.id} number={props.value} {...{ verifyPhone }} />
        </Suspense>
      ) : null}
    </>
  )
}

export default fieldType<MobileSettings, string>({
  label: { zh: '手机', en: 'Mobile number' },
  icon: Smartphone,
  group: 'basic',
  rank: 7.5,
  kind: 'text',
  blank: {},
  columnWidth: 140,
  Input: Box,
  Cell: ({ value }) => (
    <Cut text={value}>
      <span className="tabular">{grouped(value)}</span>
    </Cut>
  ),
  Display: ({ value }) => (value ? <a href={`tel:${value}`}>{grouped(value)}</a> : null),
  FilterInput: TextOperand,
  Settings: Pane,
})
