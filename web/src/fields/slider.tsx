/** A slider 滑块 or a progress bar 进度: a number within its range. */
import { Input, Segmented } from 'antd'
import { SlidersHorizontal } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { type FilterInputProps, fieldType, type SettingsProps } from './field'
import { fitted } from './parts/decimal'
import css from './parts/fields.module.css'
import { later } from './parts/later'
import { NumberBox } from './parts/number-box'
import { Setting, Settings } from './parts/setting'
import type { SliderSettings } from './parts/slider-track'

const Track = later(() => import('./parts/slider-track').then((found) => found.Track))
const Bar = later(() => import('./parts/slider-track').then((found) => found.Bar))

function Shown({ field, value }: { field: SliderSettings & { label: string }; value: string | null }) {
  if (value === null) return null
  if (field.shown_as === 'progress') return <Bar field={field} value={value} />
  return (
    <span className="tabular">
      {value}
      {field.unit}
    </span>
  )
}

function Operand({ field, operator, value, onChange }: FilterInputProps<SliderSettings>) {
  const settings = { unit: field.unit }
  if (operator !== 'between')
    return <NumberBox settings={settings} value={value} onChange={onChange} label={field.label} />
  const [low = null, high = null] = Array.isArray(value) ? value : []
  return (
    <div className={css.pair}>
      <NumberBox settings={settings} value={low} onChange={(next) => onChange([next, high])} label={field.label} />
      <NumberBox settings={settings} value={high} onChange={(next) => onChange([low, next])} label={field.label} />
    </div>
  )
}

function Pane({ field, onChange }: SettingsProps<SliderSettings>) {
  const t = useT()
  const number = (key: 'min' | 'max' | 'step', fallback: string, label: string) => (
    <Setting label={label}>
      <NumberBox
        settings={{}}
        value={field[key] ?? fallback}
        label={label}
        onChange={(next) => onChange({ [key]: next ?? undefined })}
      />
    </Setting>
  )
  return (
    <Settings>
      <Setting label={t('fields.shownAs')}>
        <Segmented
          block
          value={field.shown_as ?? 'slider'}
          options={[
            { value: 'slider', label: t('fill.asSlider') },
            { value: 'progress', label: t('fill.asProgress') },
          ]}
          onChange={(shown_as) => onChange({ shown_as: shown_as as SliderSettings['shown_as'] })}
        />
      </Setting>
      <div className={css.pair}>
        {number('min', '0', t('fields.min'))}
        {number('max', '100', t('fields.max'))}
      </div>
      <div className={css.pair}>
        {number('step', '1', t('fill.step'))}
        <Setting label={t('fields.unit')}>
          <Input
            value={field.unit ?? ''}
            maxLength={20}
            onChange={(event) => onChange({ unit: event.target.value || undefined })}
          />
        </Setting>
      </div>
    </Settings>
  )
}

export default fieldType<SliderSettings, string>({
  label: { zh: '滑块', en: 'Slider' },
  icon: SlidersHorizontal,
  group: 'basic',
  rank: 6.6,
  kind: 'number',
  blank: {},
  columnWidth: 140,
  Input: Track,
  Cell: Shown,
  FilterInput: Operand,
  Settings: Pane,
  fit: (_, value) => fitted({}, value),
})
