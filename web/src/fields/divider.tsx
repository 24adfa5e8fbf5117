/** A line with a heading 分割线 between fields; no value. */
import { Segmented } from 'antd'
import { Minus } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { fieldType, type SettingsProps } from './field'
import css from './parts/fields.module.css'
import { Setting, Settings } from './parts/setting'
import { Nothing } from './parts/unvalued'

const LINES = ['solid', 'dashed', 'none'] as const

interface DividerSettings {
  line?: (typeof LINES)[number]
}

function Line({ field }: { field: DividerSettings & { label: string; help?: string } }) {
  return (
    <div className={css.divider} data-line={field.line ?? 'solid'}>
      {field.label ? <h3>{field.label}</h3> : null}
      {field.help ? <p className={css.small}>{field.help}</p> : null}
    </div>
  )
}

function Pane({ field, onChange }: SettingsProps<DividerSettings>) {
  const t = useT()
  return (
    <Settings>
      <Setting label={t('fill.line')}>
        <Segmented
          block
          value={field.line ?? 'solid'}
          options={LINES.map((value) => ({ value, label: t(`fill.line_${value}`) }))}
          onChange={(line) => onChange({ line: line === 'solid' ? undefined : line })}
        />
      </Setting>
    </Settings>
  )
}

export default fieldType<DividerSettings>({
  label: { zh: '分割线', en: 'Divider' },
  icon: Minus,
  group: 'layout',
  rank: 1,
  kind: 'text',
  valued: false,
  topLevelOnly: true,
  blank: { width: 'full' },
  Input: Line,
  Cell: Nothing,
  Display: Line,
  Settings: Pane,
})
