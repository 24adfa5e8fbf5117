/** A line of text 单行文本. */
import { Type } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { fieldType } from './field'
import { Cut } from './parts/cut'
import { Settings, Whole } from './parts/setting'
import { TextBox, TextOperand } from './parts/text-box'

interface TextSettings {
  max_length?: number
}

export default fieldType<TextSettings, string>({
  label: { zh: '单行文本', en: 'Text' },
  icon: Type,
  group: 'basic',
  rank: 1,
  kind: 'text',
  blank: {},
  columnWidth: 180,
  Input: (props) => <TextBox {...props} maxLength={props.field.max_length ?? 500} />,
  Cell: ({ value }) => <Cut text={value} />,
  FilterInput: TextOperand,
  Settings: function TextSettings({ field, onChange }) {
    const t = useT()
    return (
      <Settings>
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
  },
})
