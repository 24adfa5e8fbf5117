/** A line of text 单行文本, of any shape or of one that can be checked. */
import { Input, Select } from 'antd'
import { Type } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { fieldType, type SettingsProps } from './field'
import { Cut, Whole as WholeText } from './parts/cut'
import { Setting, Settings, Whole } from './parts/setting'
import { TextBox, TextOperand } from './parts/text-box'

const FORMATS = ['', 'id_card', 'postcode', 'plate', 'credit_code', 'pattern'] as const

interface TextSettings {
  max_length?: number
  format?: (typeof FORMATS)[number]
  pattern?: string
  pattern_hint?: string
}

function Pane({ field, onChange }: SettingsProps<TextSettings>) {
  const t = useT()
  return (
    <Settings>
      <Setting label={t('fill.textFormat')}>
        <Select
          value={field.format ?? ''}
          options={FORMATS.map((value) => ({ value, label: t(`fill.format_${value || 'none'}`) }))}
          onChange={(format) => onChange({ format: format || undefined })}
        />
      </Setting>
      {field.format === 'pattern' ? (
        <>
          <Setting label={t('fill.pattern')}>
            <Input
              value={field.pattern ?? ''}
              maxLength={500}
              placeholder="[A-Z]{2}-\d{4}"
              onChange={(event) => onChange({ pattern: event.target.value || undefined })}
            />
          </Setting>
          <Setting label={t('fill.patternHint')}>
            <Input
              value={field.pattern_hint ?? ''}
              maxLength={200}
              placeholder="AB-1234"
              onChange={(event) => onChange({ pattern_hint: event.target.value || undefined })}
            />
          </Setting>
        </>
      ) : null}
      <Whole
        label={t('fields.maxLength')}
        value={field.max_length}
        fallback={500}
        min={1}
        max={2000}
        onChange={(max_length) => onChange({ max_length })}
      />
    </Settings>
  )
}

export default fieldType<TextSettings, string>({
  label: { zh: '单行文本', en: 'Text' },
  icon: Type,
  group: 'basic',
  rank: 1,
  kind: 'text',
  blank: {},
  columnWidth: 180,
  Input: (props) => (
    <TextBox
      {...props}
      keyboard={props.field.format === 'postcode' ? 'numeric' : 'text'}
      maxLength={props.field.max_length ?? 500}
    />
  ),
  Cell: ({ value }) => <Cut text={value} />,
  Display: ({ value }) => <WholeText text={value} />,
  FilterInput: TextOperand,
  Settings: Pane,
})
