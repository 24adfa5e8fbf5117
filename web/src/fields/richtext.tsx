/** Formatted text 富文本. */
import { PilcrowRight } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { useT } from '@/i18n/i18n'
import { useFieldContext } from './context'
import { fieldType, type InputProps, type SettingsProps } from './field'
import { Cut } from './parts/cut'
import css from './parts/fields.module.css'
import { Settings, Whole } from './parts/setting'
import { TextOperand } from './parts/text-box'

const SafeHtml = lazy(() => import('@/ui/fill/safe-html'))
const RichEditor = lazy(() => import('@/ui/fill/rich-editor'))

interface RichTextSettings {
  max_length?: number
}

/** The words alone, for one line. */
function wordsOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&nbsp;/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim()
}

function Write({ field, value, onChange, disabled, readOnly, ...rest }: InputProps<RichTextSettings, string>) {
  const { upload, fileAddress } = useFieldContext()
  return (
    <Suspense fallback={<div className={css.hollow} style={{ minHeight: 160 }} />}>
      <RichEditor
        {...{ id: rest.id, status: rest.status, describedBy: rest.describedBy, onChange }}
        value={value ?? ''}
        label={field.label}
        placeholder={field.placeholder}
        disabled={disabled || readOnly}
        upload={async (file) => fileAddress((await upload(file)).id)}
      />
    </Suspense>
  )
}

function Pane({ field, onChange }: SettingsProps<RichTextSettings>) {
  const t = useT()
  return (
    <Settings>
      <Whole
        label={t('fields.maxLength')}
        value={field.max_length}
        fallback={20_000}
        min={100}
        max={100_000}
        onChange={(max_length) => onChange({ max_length })}
      />
    </Settings>
  )
}

export default fieldType<RichTextSettings, string>({
  label: { zh: '富文本', en: 'Rich text' },
  icon: PilcrowRight,
  group: 'advanced',
  rank: 6,
  kind: 'text',
  files: true,
  topLevelOnly: true,
  blank: { width: 'full' },
  columnWidth: 240,
  operators: ['contains', 'not_contains', 'empty', 'not_empty'],
  Input: Write,
  Cell: ({ value }) => <Cut text={value ? wordsOf(value) : ''} />,
  Display: ({ value }) =>
    value ? (
      <Suspense>
        <SafeHtml html={value} />
      </Suspense>
    ) : null,
  FilterInput: TextOperand,
  Settings: Pane,
})
