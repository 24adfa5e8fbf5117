/** A number the machine gives once and never reuses 流水号. */
import { Button, Dropdown, Input, InputNumber, Select } from 'antd'
import { ArrowDown, ArrowUp, ListOrdered, Plus, Trash2 } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { IconButton } from '@/ui/icon-button'
import { useFieldContext } from './context'
import { fieldType, type SettingsProps } from './field'
import { Cut } from './parts/cut'
import css from './parts/fields.module.css'
import { Setting, Settings, Whole } from './parts/setting'
import { TextOperand } from './parts/text-box'

interface Segment {
  kind: 'count' | 'date' | 'text' | 'field'
  text?: string
  date?: 'year' | 'month' | 'day' | 'short_year' | 'short_month' | 'short_day'
  field?: string
  digits?: number
}

interface SerialSettings {
  segments?: Segment[]
  prefix?: string
  date?: '' | 'year' | 'month' | 'day'
  separator?: string
  digits?: number
  start?: number
  reset?: 'never' | 'year' | 'month' | 'day'
  gap_policy?: 'gapless' | 'fast'
}

const STAMP = { '': '', year: '2026', month: '202611', day: '20261123' }

/** How the first number will look. */
function example(field: SerialSettings): string {
  const { separator = '-', start = 1 } = field
  const said = ({ kind, text, date = 'day', digits = 4, field: named }: Segment) => {
    if (kind === 'count') return String(start).padStart(digits, '0')
    if (kind === 'date')
      return date.startsWith('short_') ? STAMP[date.slice(6) as 'day'].slice(2) : STAMP[date as 'day']
    return kind === 'text' ? text : named && `{${named}}`
  }
  return segmentsOf(field).map(said).filter(Boolean).join(separator)
}

const KINDS = ['count', 'date', 'text', 'field'] as const
const DATES = ['year', 'month', 'day', 'short_year', 'short_month', 'short_day'] as const

/** What a number is made of, those of the plain settings included. */
function segmentsOf(field: SerialSettings): Segment[] {
  if (field.segments && field.segments.length > 0) return field.segments
  const { prefix = '', date = '', digits = 4 } = field
  return [
    ...(prefix ? [{ kind: 'text' as const, text: prefix }] : []),
    ...(date ? [{ kind: 'date' as const, date }] : []),
    { kind: 'count' as const, digits },
  ]
}

function SegmentBox({ segment, set }: { segment: Segment; set: (next: Segment) => void }) {
  const t = useT()
  const { forms, form, typeNamed } = useFieldContext()
  if (segment.kind === 'text')
    return (
      <Input
        value={segment.text ?? ''}
        maxLength={40}
        aria-label={t('fill.segment_text')}
        onChange={(event) => set({ ...segment, text: event.target.value })}
      />
    )
  if (segment.kind === 'date')
    return (
      <Select
        value={segment.date ?? 'day'}
        aria-label={t('fill.segment_date')}
        options={DATES.map((value) => ({ value, label: t(`fill.date_${value}`) }))}
        onChange={(date) => set({ ...segment, date })}
      />
    )
  if (segment.kind === 'count')
    return (
      <InputNumber
        style={{ width: '100%' }}
        value={segment.digits ?? 4}
        min={1}
        max={12}
        precision={0}
        suffix={t('fields.digits')}
        aria-label={t('fields.digits')}
        onChange={(digits) => set({ ...segment, digits: digits ?? 4 })}
      />
    )
  const fields = forms.find(({ id }) => id === form)?.fields ?? []
  const told = fields.filter(({ type }) => {
    const found = typeNamed(type)
    return found?.valued !== false && found?.given !== true && found?.kind !== 'rows' && found?.group !== 'files'
  })
  return (
    <Select
      value={segment.field}
      aria-label={t('fill.segment_field')}
      options={told.map(({ id, label }) => ({ value: id, label }))}
      onChange={(field) => set({ ...segment, field })}
    />
  )
}

function Segments({ field, onChange }: SettingsProps<SerialSettings>) {
  const t = useT()
  const segments = segmentsOf(field)
  const keep = (next: Segment[]) =>
    onChange({ segments: next, prefix: undefined, date: undefined, digits: undefined } as Partial<SerialSettings>)
  const put = (at: number, next: Segment) => keep(segments.map((each, i) => (i === at ? next : each)))
  const move = (at: number, by: number) => {
    const next = [...segments]
    const [moved] = next.splice(at, 1)
    if (moved) next.splice(at + by, 0, moved)
    keep(next)
  }
  return (
    <div className={css.setting}>
      <span className={css.settingLabel}>{t('fill.segments')}</span>
      {segments.map((segment, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces have nothing but their place
        <div key={`${at}-${segment.kind}`} className={css.segment}>
          <span className={css.small}>{t(`fill.segment_${segment.kind}`)}</span>
          <SegmentBox segment={segment} set={(next) => put(at, next)} />
          <IconButton
            size="small"
            icon={ArrowUp}
            iconSize={14}
            label={t('fields.up')}
            disabled={at === 0}
            onClick={() => move(at, -1)}
          />
          <IconButton
            size="small"
            icon={ArrowDown}
            iconSize={14}
            label={t('fields.down')}
            disabled={at === segments.length - 1}
            onClick={() => move(at, 1)}
          />
          <IconButton
            size="small"
            icon={Trash2}
            iconSize={14}
            label={t('ui.delete')}
            disabled={segment.kind === 'count'}
            onClick={() => keep(segments.filter((_, i) => i !== at))}
          />
        </div>
      ))}
      <Dropdown
        trigger={['click']}
        menu={{
          items: KINDS.filter((kind) => kind !== 'count').map((kind) => ({
            key: kind,
            label: t(`fill.segment_${kind}`),
          })),
          onClick: ({ key }) => keep([...segments, { kind: key as Segment['kind'] }]),
        }}
      >
        <Button size="small" type="text" icon={<Plus size={14} />} disabled={segments.length >= 8}>
          {t('fill.addSegment')}
        </Button>
      </Dropdown>
    </div>
  )
}

function Pane(props: SettingsProps<SerialSettings>) {
  const t = useT()
  const { field, onChange } = props
  const policy = field.gap_policy ?? 'gapless'
  const units = ['year', 'month', 'day'].map((value) => ({ value, label: t(`fields.unit_${value}`) }))
  return (
    <Settings>
      <div className={css.small}>
        {t('fields.example')} <strong className="tabular">{example(field)}</strong>
      </div>
      <Segments {...props} />
      <div className={css.pair}>
        <Setting label={t('fields.separator')}>
          <Input
            value={field.separator ?? '-'}
            maxLength={3}
            onChange={(event) => onChange({ separator: event.target.value })}
          />
        </Setting>
        <Whole label={t('fields.startAt')} value={field.start} fallback={1} onChange={(start) => onChange({ start })} />
      </div>
      <Setting label={t('fields.startAnew')}>
        <Select
          value={field.reset ?? 'never'}
          options={[{ value: 'never', label: t('fields.never') }, ...units]}
          onChange={(reset) => onChange({ reset: reset as SerialSettings['reset'] })}
        />
      </Setting>
      <Setting label={t('fields.gapPolicy')}>
        <Select
          value={policy}
          options={(['gapless', 'fast'] as const).map((value) => ({ value, label: t(`fields.gap_${value}`) }))}
          onChange={(next) => onChange({ gap_policy: next })}
        />
        <span className={css.small}>{t(`fields.gapPrice_${policy}`)}</span>
      </Setting>
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
