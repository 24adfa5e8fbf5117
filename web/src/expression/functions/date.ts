/** Functions over dates and times 日期函数; the twin of date.py and calendar.py. */

import { civil, dayOf, daysLater, instant, isoClock, local, monthLength, shifted, today, weekdayOf } from '../calendar'
import { toDay, toInstant, whole } from '../coerce'
import { Clock, type Context, Day, Decimal, Fault, Instant, type Moment, NUM, type Value } from '../values'
import type { Maybe, Works } from '../work'
import { days360, yearfrac } from './yearfrac'

function date(_at: Context, year: Decimal, month: Decimal, day: Decimal): Day {
  const january = dayOf(whole(year), 1, 1)
  if (!january) throw new Fault(NUM, 'date_out_of_range')
  return daysLater(shifted(january, whole(month) - 1), whole(day) - 1)
}

function time(_at: Context, hour: Decimal, minute: Decimal, second: Decimal): Clock {
  const total = whole(hour) * 3600 + whole(minute) * 60 + whole(second)
  if (total < 0) throw new Fault(NUM, 'date_out_of_range')
  return new Clock(total)
}

/** The second of the day of a moment; a date begins at midnight. */
export function secondOf(moment: Moment, at: Context): number {
  if (moment instanceof Instant) return Math.floor(local(moment, at).ms / 1000)
  return moment instanceof Clock ? moment.seconds : 0
}

const part =
  (from: number, to: number) =>
  (at: Context, moment: Moment): Decimal =>
    new Decimal(isoClock(secondOf(moment, at)).slice(from, to))

/** The weekday (Monday 0) with which a week begins, by the numbers that spreadsheets use. */
function firstWeekday(way: number): number {
  if (way === 1) return 6
  if (way === 2) return 0
  if (way >= 11 && way <= 17) return way - 11
  throw new Fault(NUM, 'no_such_way', { way })
}

function weekday(_at: Context, day: Day, kind?: Maybe<Decimal>): Decimal {
  const way = kind ? whole(kind) : 1
  if (way === 3) return new Decimal(weekdayOf(day))
  return new Decimal(((weekdayOf(day) - firstWeekday(way) + 7) % 7) + 1)
}

function weeknum(_at: Context, day: Day, kind?: Maybe<Decimal>): Decimal {
  const way = kind ? whole(kind) : 1
  if (way === 21) return isoWeek(day)
  const first = dayOf(civil(day).year, 1, 1) ?? day
  const offset = (weekdayOf(first) - firstWeekday(way) + 7) % 7
  return new Decimal(Math.floor((day.number - first.number + offset) / 7) + 1)
}

function isoWeek(day: Day): Decimal {
  const date = new Date((day.number - weekdayOf(day) + 3) * 86_400_000)
  const january = new Date(0)
  january.setUTCFullYear(date.getUTCFullYear(), 0, 1)
  return new Decimal(Math.floor((date.getTime() - january.getTime()) / 604_800_000) + 1)
}

const UNITS_OF_TIME: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000 }
const UNITS = new Set(['d', 'M', 'y', 'Y', 'D', 'MD', 'YM', 'YD', 'md', 'ym', 'yd', 'h', 'm', 's'])

function datedif(at: Context, start: Moment, end: Moment, unit?: Maybe<string>): Decimal {
  const asked = unit || 'd'
  const which = asked === 'm' && start instanceof Day && end instanceof Day ? 'M' : asked
  if (!UNITS.has(which)) throw new Fault(NUM, 'no_such_unit', { unit: which.slice(0, 20) })
  const length = UNITS_OF_TIME[which]
  if (length) {
    const ms = toInstant(end, at).ms - toInstant(start, at).ms
    if (ms < 0) throw new Fault(NUM, 'end_before_start')
    return new Decimal(Math.floor(ms / length))
  }
  const [first, last] = [toDay(start, at), toDay(end, at)]
  if (last.number < first.number) throw new Fault(NUM, 'end_before_start')
  return new Decimal(between(first, last, which.toUpperCase()))
}

function between(first: Day, last: Day, unit: string): number {
  const [from, to] = [civil(first), civil(last)]
  const months = (to.year - from.year) * 12 + to.month - from.month - (to.day < from.day ? 1 : 0)
  if (unit === 'D') return last.number - first.number
  if (unit === 'M') return months
  if (unit === 'Y') return Math.floor(months / 12)
  if (unit === 'YM') return months % 12
  return last.number - shifted(first, unit === 'MD' ? months : Math.floor(months / 12) * 12).number
}

function datedelta(at: Context, moment: Moment, count: Decimal): Moment {
  if (!(moment instanceof Instant)) return daysLater(toDay(moment, at), whole(count))
  const there = local(moment, at)
  return instant(daysLater(there.day, whole(count)), there.ms, at)
}

function eomonth(_at: Context, day: Day, months?: Maybe<Decimal>): Day {
  const there = shifted(new Day(day.number - civil(day).day + 1), months ? whole(months) : 0)
  const { year, month } = civil(there)
  return new Day(there.number + monthLength(year, month) - 1)
}

const now = (at: Context): Value => new Instant(at.now)

export const works: Works = {
  DATE: date,
  TIME: time,
  NOW: now,
  SYSTIME: now,
  TODAY: (at: Context) => today(at),
  YEAR: (_at: Context, day: Day) => new Decimal(civil(day).year),
  QUARTER: (_at: Context, day: Day) => new Decimal(Math.floor((civil(day).month + 2) / 3)),
  MONTH: (_at: Context, day: Day) => new Decimal(civil(day).month),
  DAY: (_at: Context, day: Day) => new Decimal(civil(day).day),
  HOUR: part(0, 2),
  MINUTE: part(3, 5),
  SECOND: part(6, 8),
  WEEKDAY: weekday,
  WEEKNUM: weeknum,
  ISOWEEKNUM: (_at: Context, day: Day) => isoWeek(day),
  DAYS: (_at: Context, end: Day, start: Day) => new Decimal(end.number - start.number),
  DAYS360: (_at: Context, start: Day, end: Day, european?: Maybe<boolean>) =>
    new Decimal(days360(start, end, Boolean(european))),
  YEARFRAC: (_at: Context, start: Day, end: Day, basis?: Maybe<Decimal>) =>
    yearfrac(start, end, basis ? whole(basis) : 0),
  DATEDIF: datedif,
  DATEDELTA: datedelta,
  EDATE: (_at: Context, day: Day, months: Decimal) => shifted(day, whole(months)),
  EOMONTH: eomonth,
  TIMESTAMP: (at: Context, moment: Moment) => new Decimal(Math.floor(toInstant(moment, at).ms)),
  DATETIME: (at: Context, day: Day, time: Maybe<Moment>) => instant(day, time ? secondOf(time, at) * 1000 : 0, at),
}
