/** What the whole dashboard is filtered by 仪表盘筛选: days and a person. */
import { DatePicker, Input, Segmented, Select } from 'antd'
import dayjs from 'dayjs'
import { useT } from '@/i18n/i18n'
import { formatDate } from '@/lib/format'
import { useIsPhone } from '@/lib/use-is-phone'
import { Person } from '@/ui/avatar'
import css from './dashboard.module.css'
import { PRESETS, type Span, spanOf, writeRange } from './period'

interface FilterBarProps {
  preset: string
  span: Span
  person: string
  people: { id: string; name: string }[]
  onRange: (range: string | undefined) => void
  onPerson: (person: string | undefined) => void
}

const { RangePicker } = DatePicker

/** Presets, two days, and whose. */
export function FilterBar({ preset, span, person, people, onRange, onPerson }: FilterBarProps) {
  const t = useT()
  const phone = useIsPhone()
  const words = PRESETS.map((each) => ({ value: each as string, label: t(`dashboard.range_${each}`) }))
  const put = (next: Span) => onRange(writeRange(next))
  const choose = (range: string) => {
    if (range !== 'custom') onRange(range === 'all' ? undefined : range)
    else if (preset !== 'custom') put(span.start || span.end ? span : spanOf('month', formatDate(new Date())))
  }
  const days = preset === 'custom' ? [span.start, span.end].map((day) => (day ? dayjs(day) : null)) : [null, null]
  return (
    <div className={`${css.filters} no-print`} role="toolbar" aria-label={t('dashboard.filters')}>
      {phone ? (
        <Select
          className={css.presetSelect}
          value={preset}
          options={[...words, { value: 'custom', label: t('dashboard.range_custom') }]}
          aria-label={t('dashboard.range')}
          onChange={choose}
        />
      ) : (
        <Segmented value={preset} options={words} aria-label={t('dashboard.range')} onChange={choose} />
      )}
      {phone ? null : (
        <RangePicker
          className={css.days}
          value={days as [dayjs.Dayjs | null, dayjs.Dayjs | null]}
          allowEmpty={[true, true]}
          placeholder={[t('dashboard.from'), t('dashboard.to')]}
          aria-label={t('dashboard.range_custom')}
          onChange={(picked) => {
            const [start, end] = (picked ?? []).map((day) => day?.format('YYYY-MM-DD') ?? null)
            put({ start: start ?? null, end: end ?? null })
          }}
        />
      )}
      <Select
        className={css.people}
        value={person || undefined}
        placeholder={t('dashboard.everyone')}
        allowClear
        showSearch={{ optionFilterProp: 'name' }}
        aria-label={t('dashboard.person')}
        options={people.map(({ id, name }) => ({ value: id, name, label: <Person name={name} seed={id} size={18} /> }))}
        onChange={(id) => onPerson(id || undefined)}
      />
      {phone && preset === 'custom' ? (
        <div className={css.twoDays}>
          {(['start', 'end'] as const).map((side) => (
            <Input
              key={side}
              type="date"
              size="large"
              value={span[side] ?? ''}
              aria-label={t(side === 'start' ? 'dashboard.from' : 'dashboard.to')}
              onChange={(event) => put({ ...span, [side]: event.target.value || null })}
            />
          ))}
        </div>
      ) : null}
    </div>
  )
}
