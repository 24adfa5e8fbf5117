/** The working calendar 工作日历: a month to click in, the week, the hours, a list to paste. */
import { Button, Checkbox, Input, TimePicker } from 'antd'
import dayjs from 'dayjs'
import { ChevronLeft, ChevronRight, ListPlus, Plus, X } from 'lucide-react'
import { useState } from 'react'
import { api } from '@/api/client'
import { queryClient, renew, useApi } from '@/api/query'
import { language, useT } from '@/i18n/i18n'
import { confirm } from '@/ui/confirm'
import { ErrorState } from '@/ui/error-state'
import { IconButton } from '@/ui/icon-button'
import { PageHeader } from '@/ui/page-header'
import { RowBones } from '@/ui/skeletons'
import { toast } from '@/ui/toast'
import { cleared, merged, monthOf, named, toggled, type WorkingCalendar, works } from './days'
import { ImportDays } from './import-days'
import css from './told.module.css'

const PATH = '/api/workspace/calendar'
const FOLLOWING = '/api/workspace/calendar/following'
const WEEK = [1, 2, 3, 4, 5, 6, 7]

interface PartProps {
  calendar: WorkingCalendar
  onChange: (calendar: WorkingCalendar) => void
}

function Month({ calendar, onChange, year, month }: PartProps & { year: number; month: number }) {
  const t = useT()
  const today = dayjs().format('YYYY-MM-DD')
  return (
    <div className={css.days}>
      {WEEK.map((day) => (
        <span key={day} className={css.weekday}>
          {t(`notices.short.${day}`)}
        </span>
      ))}
      {monthOf(year, month).map((day, at) => {
        if (day === null) {
          // biome-ignore lint/suspicious/noArrayIndexKey: blanks have no identity but their place
          return <span key={`blank${at}`} />
        }
        const worked = works(calendar, day)
        const changed = day in calendar.workdays ? 'workday' : day in calendar.holidays ? 'holiday' : undefined
        const name = calendar.workdays[day] || calendar.holidays[day] || (changed ? t(`notices.${changed}`) : '')
        return (
          <button
            key={day}
            type="button"
            className={css.day}
            data-works={worked}
            data-changed={changed}
            data-today={day === today}
            aria-pressed={worked}
            aria-label={t('notices.dayOf', { day, state: t(worked ? 'notices.working' : 'notices.resting') })}
            onClick={() => onChange(toggled(calendar, day))}
          >
            <span className={css.number}>{Number(day.slice(8))}</span>
            <span className={css.dayName}>{name}</span>
          </button>
        )
      })}
    </div>
  )
}

function Week({ calendar, onChange }: PartProps) {
  const t = useT()
  return (
    <section>
      <h3>{t('notices.weekdays')}</h3>
      <Checkbox.Group
        value={calendar.weekdays}
        options={WEEK.map((day) => ({ value: day, label: t(`notices.short.${day}`) }))}
        onChange={(weekdays) => weekdays.length > 0 && onChange({ ...calendar, weekdays: [...weekdays].sort() })}
      />
    </section>
  )
}

function Hours({ calendar, onChange }: PartProps) {
  const t = useT()
  const put = (at: number, span: string[]) =>
    onChange({ ...calendar, hours: calendar.hours.map((each, place) => (place === at ? span : each)) })
  const last = calendar.hours.at(-1)?.[1] ?? '09:00'
  const time = (text: string | undefined) => dayjs(`2000-01-01T${text ?? '09:00'}`)
  return (
    <section>
      <h3>{t('notices.hours')}</h3>
      <div className={css.spans}>
        {calendar.hours.map((span, at) => (
          <div key={span.join()} className={css.span}>
            <TimePicker.RangePicker
              size="small"
              format="HH:mm"
              minuteStep={15}
              allowClear={false}
              value={[time(span[0]), time(span[1])]}
              onChange={(found) =>
                found &&
                put(
                  at,
                  found.map((each) => each?.format('HH:mm') ?? '09:00'),
                )
              }
            />
            {calendar.hours.length > 1 ? (
              <IconButton
                size="small"
                icon={X}
                iconSize={14}
                label={t('notices.remove')}
                onClick={() => onChange({ ...calendar, hours: calendar.hours.filter((_, place) => place !== at) })}
              />
            ) : null}
          </div>
        ))}
        {calendar.hours.length < 6 && last < '23:00' ? (
          <Button
            type="dashed"
            size="small"
            icon={<Plus size={14} aria-hidden />}
            style={{ alignSelf: 'flex-start' }}
            onClick={() =>
              onChange({
                ...calendar,
                hours: [...calendar.hours, [last, time(last).add(1, 'hour').format('HH:mm')]],
              })
            }
          >
            {t('notices.addHours')}
          </Button>
        ) : null}
      </div>
    </section>
  )
}

function Changed({ calendar, onChange, prefix }: PartProps & { prefix: string }) {
  const t = useT()
  const listed = [...Object.entries(calendar.holidays), ...Object.entries(calendar.workdays)]
    .filter(([day]) => day.startsWith(prefix))
    .sort()
  return (
    <section>
      <h3>{t('notices.listed')}</h3>
      {listed.length === 0 ? <span className={css.hint}>{t('notices.nothing')}</span> : null}
      {listed.map(([day, name]) => (
        <div key={day} className={css.changed}>
          <span>{day.slice(5)}</span>
          <span style={{ width: 'auto' }}>{t(day in calendar.workdays ? 'notices.workday' : 'notices.holiday')}</span>
          <Input
            key={`${day}${name}`}
            size="small"
            maxLength={60}
            defaultValue={name}
            placeholder={t('notices.name')}
            aria-label={`${day} ${t('notices.name')}`}
            onBlur={(event) => event.target.value !== name && onChange(named(calendar, day, event.target.value))}
          />
        </div>
      ))}
    </section>
  )
}

const POLL = 1_500

/** As long as something still follows a change. */
function Following() {
  const t = useT()
  const { data } = useApi(FOLLOWING, {}, { refetchInterval: ({ state }) => (state.data?.jobs ? POLL : false) })
  if (!data?.jobs) return null
  return (
    <p className={css.hint} role="status">
      {t('notices.following', { count: data.jobs })}
    </p>
  )
}

/** Every change is kept at once. */
export default function Calendar() {
  const t = useT()
  const { data, error, refetch } = useApi(PATH)
  const [shown, setShown] = useState(() => dayjs().startOf('month'))
  const [importing, setImporting] = useState(false)
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <RowBones />
  const keep = async (calendar: WorkingCalendar) => {
    queryClient.setQueryData([PATH, {}], calendar)
    try {
      await api.put(PATH, { body: calendar })
      void renew(FOLLOWING)
    } catch (problem) {
      queryClient.setQueryData([PATH, {}], data)
      toast.error(problem)
    }
  }
  const year = shown.year()
  const inYear = (days: Record<string, string>) => Object.keys(days).filter((day) => day.startsWith(`${year}-`)).length
  const counts = { year, holidays: inYear(data.holidays), workdays: inYear(data.workdays) }
  const clear = async () => {
    const sure = await confirm({
      title: t('notices.clearYearAsk', { year }),
      action: t('notices.clearYear', { year }),
      danger: true,
    })
    if (sure) await keep(cleared(data, year))
  }
  const part = { calendar: data, onChange: (next: WorkingCalendar) => void keep(next) }
  const title = new Intl.DateTimeFormat(language(), { year: 'numeric', month: 'long' }).format(shown.toDate())
  return (
    <>
      <PageHeader title={t('notices.calendar')} note={t('notices.calendarHint')}>
        <Button icon={<ListPlus size={16} aria-hidden />} onClick={() => setImporting(true)}>
          {t('notices.importDays')}
        </Button>
      </PageHeader>
      <div className={css.calendar}>
        <div>
          <div className={css.month}>
            <IconButton
              icon={ChevronLeft}
              label={t('notices.previous')}
              onClick={() => setShown(shown.subtract(1, 'month'))}
            />
            <h2>{title}</h2>
            <IconButton icon={ChevronRight} label={t('notices.next')} onClick={() => setShown(shown.add(1, 'month'))} />
            <Button size="small" onClick={() => setShown(dayjs().startOf('month'))}>
              {t('notices.today')}
            </Button>
          </div>
          <Month {...part} year={year} month={shown.month() + 1} />
          <p className={css.hint}>
            {t('notices.changed', counts)}
            {counts.holidays + counts.workdays > 0 ? (
              <Button type="link" size="small" onClick={() => void clear()}>
                {t('notices.clearYear', { year })}
              </Button>
            ) : null}
          </p>
          <Following />
        </div>
        <div className={css.side}>
          <Changed {...part} prefix={shown.format('YYYY-MM-')} />
          <Week {...part} />
          <Hours {...part} />
        </div>
      </div>
      {importing ? (
        <ImportDays onImport={(days) => keep(merged(data, days))} onClose={() => setImporting(false)} />
      ) : null}
    </>
  )
}
