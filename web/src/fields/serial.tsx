/** A number the machine gives once and never reuses 流水号. */
import { Input, Select } from 'antd'
import { ListOrdered } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { fieldType, type SettingsProps } from './field'
import { Cut } from './parts/cut'
import css from './parts/fields.module.css'
import { Setting, Settings, Whole } from './parts/setting'
import { TextOperand } from './parts/text-box'

interface SerialSettings {
  prefix?: string
  date?: '' | 'year' | 'month' | 'day'
  separator?: string
  digits?: number
  start?: number
  reset?: 'never' | 'year' | 'month' | 'day'
}

const STAMP = { '': '', year: '2026', month: '202611', day: '20261123' }

/** How the first number will look. */
function example({ prefix = '', date = '', separator = '-', digits = 4, start = 1 }: SerialSettings): string {
  return [prefix, STAMP[date], String(start).padStart(digits, '0')].filter(Boolean).join(separator)
}

function Pane({ field, onChange }: SettingsProps<SerialSettings>) {
  const t = useT()
  const units = ['year', 'month', 'day'].map((value) => ({ value, label: t(`fields.unit_${value}`) }))
  return (
    <Settings>
      <div className={css.small}>
        {t('fields.example')} <strong className="tabular">{example(field)}</strong>
      </div>
      <div className={css.pair}>
        <Setting label={t('fields.prefix')}>
          <Input
            value={field.prefix ?? ''}
            maxLength={20}
            onChange={(event) => onChange({ prefix: event.target.value })}
          />
        </Setting>
        <Setting label={t('fields.separator')}>
          <Input
            value={field.separator ?? '-'}
            maxLength={3}
            onChange={(event) => onChange({ separator: event.target.value })}
          />
        </Setting>
      </div>
      <div className={css.pair}>
        <Setting label={t('fields.datePart')}>
          <Select
            value={field.date ?? ''}
            options={[{ value: '', label: t('fields.none') }, ...units]}
            onChange={(date) => onChange({ date: date as SerialSettings['date'] })}
          />
        </Setting>
        <Setting label={t('fields.startAnew')}>
          <Select
            value={field.reset ?? 'never'}
            options={[{ value: 'never', label: t('fields.never') }, ...units]}
            onChange={(reset) => onChange({ reset: reset as SerialSettings['reset'] })}
          />
        </Setting>
      </div>
      <div className={css.pair}>
        <Whole
          label={t('fields.digits')}
          value={field.digits}
          fallback={4}
          min={1}
          max={12}
          onChange={(digits) => onChange({ digits })}
        />
        <Whole label={t('fields.startAt')} value={field.start} fallback={1} onChange={(start) => onChange({ start })} />
      </div>
    </Settings>
  )
}

export default fieldType<SerialSettings, string>({
  label: { zh: '流水号', en: 'Serial number' },
  icon: ListOrdered,
  group: 'advanced',
  rank: 4,
  kind: 'text',
  blank: { digits: 4 },
  columnWidth: 136,
  given: true,
  topLevelOnly: true,
  Input: function GivenNumber({ id, value, field }) {
    const t = useT()
    return <Input id={id} value={value ?? ''} placeholder={t('fields.givenOnSave')} disabled aria-label={field.label} />
  },
  Cell: ({ value }) => (
    <Cut text={value}>
      <span className="tabular">{value}</span>
    </Cut>
  ),
  FilterInput: TextOperand,
  Settings: Pane,
})
