/** From when to when 日期范围设置: no bound, a fixed day, or a day counted from today. */
import { InputNumber, Select } from 'antd'
import dayjs from 'dayjs'
import { useT } from '@/i18n/i18n'
import { type Moving, movedDay, movingOf, movingText } from '@/lib/moving-day'
import { wallClock } from '@/lib/zone'
import { DayBox } from './day-box'
import css from './fields.module.css'
import { Setting } from './setting'

export interface BoundSettings {
  earliest?: string
  latest?: string
}

/** So many days, weeks, months or years before or after today. */
export function MovingDay({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const t = useT()
  const moving = movingOf(value) ?? { steps: 0, unit: 'd' }
  const set = (patch: Partial<Moving>) => onChange(movingText({ ...moving, ...patch }))
  const way = moving.steps < 0 ? 'before' : 'after'
  return (
    <div className={css.moving}>
      <InputNumber
        min={0}
        max={9999}
        precision={0}
        value={Math.abs(moving.steps)}
        aria-label={t('fill.bound_moving')}
        onChange={(next) => set({ steps: (next ?? 0) * (way === 'before' ? -1 : 1) })}
      />
      <Select
        value={moving.unit}
        aria-label={t('fill.bound_moving')}
        options={(['d', 'w', 'm', 'y'] as const).map((unit) => ({ value: unit, label: t(`fill.bound_${unit}`) }))}
        onChange={(unit) => set({ unit })}
      />
      <Select
        value={way}
        aria-label={t('fill.bound_moving')}
        disabled={moving.steps === 0}
        options={(['before', 'after'] as const).map((each) => ({ value: each, label: t(`fill.${each}`) }))}
        onChange={(next) => set({ steps: Math.abs(moving.steps) * (next === 'before' ? -1 : 1) })}
      />
    </div>
  )
}

function Bound({ label, value, onChange }: { label: string; value: string; onChange: (text: string) => void }) {
  const t = useT()
  const kind: 'none' | 'today' | 'moving' | 'day' =
    value === '' ? 'none' : value === '@today' ? 'today' : value.startsWith('@') ? 'moving' : 'day'
  const first = { none: '', today: '@today', moving: '@today+7d', day: wallClock(new Date()).slice(0, 10) }
  return (
    <Setting label={label}>
      <Select
        value={kind}
        options={(['none', 'today', 'moving', 'day'] as const).map((each) => ({
          value: each,
          label: t(`fill.bound_${each}`),
        }))}
        onChange={(next) => onChange(first[next])}
      />
      {kind === 'moving' ? <MovingDay value={value} onChange={onChange} /> : null}
      {kind === 'day' ? <DayBox value={value} label={label} onChange={(next) => onChange(next ?? '')} /> : null}
    </Setting>
  )
}

interface BoundsProps {
  field: BoundSettings
  onChange: (patch: BoundSettings) => void
}

/** Earliest and latest. */
export function Bounds({ field, onChange }: BoundsProps) {
  const t = useT()
  return (
    <>
      <Bound
        label={t('fill.earliest')}
        value={field.earliest ?? ''}
        onChange={(text) => onChange({ earliest: text || undefined })}
      />
      <Bound
        label={t('fill.latest')}
        value={field.latest ?? ''}
        onChange={(text) => onChange({ latest: text || undefined })}
      />
    </>
  )
}

/** The first and the last day that may be chosen; undefined for none. */
export function daysAllowed(field: BoundSettings): { min?: string; max?: string } {
  const today = wallClock(new Date()).slice(0, 10)
  const day = (text: string | undefined) => (text ? movedDay(text, today) : undefined)
  return { min: day(field.earliest), max: day(field.latest) }
}

/** Whether a day of the calendar may not be chosen. */
export function isOutside(field: BoundSettings, shape = 'YYYY-MM-DD'): (day: dayjs.Dayjs) => boolean {
  const { min, max } = daysAllowed(field)
  const cut = (text: string | undefined) => (text ? dayjs(text).format(shape) : undefined)
  const [first, last] = [cut(min), cut(max)]
  return (day) => {
    const text = day.format(shape)
    return (first !== undefined && text < first) || (last !== undefined && text > last)
  }
}
