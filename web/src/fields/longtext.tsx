/** Paragraphs of text 多行文本. */
import { Input } from 'antd'
import { AlignLeft } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { fieldType } from './field'
import { Cut } from './parts/cut'
import css from './parts/fields.module.css'
import { Settings, Whole } from './parts/setting'
import { TextOperand } from './parts/text-box'

interface LongTextSettings {
  max_length?: number
  lines?: number
}

export default fieldType<LongTextSettings, string>({
  label: { zh: '多行文本', en: 'Long text' },
  icon: AlignLeft,
  group: 'basic',
  rank: 2,
  kind: 'text',
  blank: { width: 'full' },
  columnWidth: 240,
  Input: ({ field, value, onChange, id, disabled, readOnly, status, describedBy }) => (
    <Input.TextArea
      id={id}
      value={value ?? ''}
      placeholder={field.placeholder}
      disabled={disabled || readOnly}
      status={status}
      autoSize={{ minRows: field.lines ?? 3, maxRows: 16 }}
      aria-describedby={describedBy}
      aria-label={field.label}
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
    />
  ),
  Cell: ({ value }) => <Cut text={value?.replace(/\s*\n\s*/g, ' ')} />,
  Display: ({ value }) => <div className={css.pre}>{value}</div>,
  FilterInput: TextOperand,
  Settings: function LongTextSettings({ field, onChange }) {
    const t = useT()
    return (
      <Settings>
        <Whole
          label={t('fields.lines')}
          value={field.lines}
          fallback={3}
          min={1}
          max={30}
          onChange={(lines) => onChange({ lines })}
        />
        <Whole
          label={t('fields.maxLength')}
          value={field.max_length}
          fallback={20_000}
          min={1}
          max={100_000}
          onChange={(max_length) => onChange({ max_length })}
        />
      </Settings>
    )
  },
})
