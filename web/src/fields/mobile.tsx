/** A mobile number 手机. */
import { Smartphone } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { fieldType, type SettingsProps } from './field'
import { Cut } from './parts/cut'
import { Settings, Toggle } from './parts/setting'
import { TextBox, TextOperand } from './parts/text-box'

interface MobileSettings {
  abroad?: boolean
}

/** 138 0000 1234, as people read it. */
function grouped(value: string | null): string {
  return value?.replace(/^(\d{3})(\d{4})(\d{4})$/, '$1 $2 $3') ?? ''
}

function Pane({ field, onChange }: SettingsProps<MobileSettings>) {
  const t = useT()
  return (
    <Settings>
      <Toggle
        label={t('fill.abroad')}
        on={field.abroad === true}
        onChange={(abroad) => onChange({ abroad: abroad || undefined })}
      />
    </Settings>
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
  Input: (props) => <TextBox {...props} keyboard="tel" maxLength={20} />,
  Cell: ({ value }) => (
    <Cut text={value}>
      <span className="tabular">{grouped(value)}</span>
    </Cut>
  ),
  Display: ({ value }) => (value ? <a href={`tel:${value}`}>{grouped(value)}</a> : null),
  FilterInput: TextOperand,
  Settings: Pane,
})
