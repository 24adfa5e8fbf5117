/** Functions over workdays 工作日函数; the twin of workday.py and workdays.py. */

import { weekdayOf } from '../calendar'
import { flat, isBlank, toDay, whole } from '../coerce'
import {
  type Context,
  Day,
  Decimal,
  Fault,
  FIRST_DAY,
  LAST_DAY,
  NUM,
  VALUE,
  type Value,
  type WorkingDays,
} from '../values'
import type { Maybe, Works } from '../work'

const LONGEST = 3_000_000
const inWeek = (day: number): number => ((day % 7) + 7) % 7

/** The weekdays (Monday 0) that are free: by a spreadsheet's number, or seven characters from Monday. */
function weekendOf(kind: Maybe<Value>): ReadonlySet<number> {
  if (kind === null || kind === undefined) return new Set([5, 6])
  if (typeof kind === 'string') {
    if (!/^[01]{7}$/.test(kind)) throw new Fault(VALUE, 'no_such_weekend')
    return new Set([...kind].flatMap((free, index) => (free === '1' ? [index] : [])))
  }
  const way = whole(kind)
  if (way >= 1 && way <= 7) return new Set([inWeek(way + 4), inWeek(way + 5)])
  if (way >= 11 && way <= 17) return new Set([inWeek(way - 5)])
  throw new Fault(NUM, 'no_such_way', { way })
}

/** The free days given as a list of dates. */
const holidaysOf = (values: Maybe<Value[]>, at: Context): ReadonlySet<number> =>
  new Set(
    flat(values ?? [])
      .filter((value) => !isBlank(value))
      .map((value) => toDay(value, at).number),
  )

const works_ = (day: number, weekend: ReadonlySet<number>): boolean => !weekend.has(weekdayOf(new Day(day)))

function countBetween(start: Day, end: Day, weekend: ReadonlySet<number>, holidays: ReadonlySet<number>): number {
  if (end.number < start.number) return -countBetween(end, start, weekend, holidays)
  const length = end.number - start.number + 1
  let found = Math.floor(length / 7) * (7 - weekend.size)
  for (let step = 0; step < length % 7; step += 1) if (works_(start.number + step, weekend)) found += 1
  const free = [...holidays].filter((day) => day >= start.number && day <= end.number && works_(day, weekend))
  return found - free.length
}

function nextWorkday(start: Day, count: number, weekend: ReadonlySet<number>, holidays: ReadonlySet<number>): Day {
  const perWeek = 7 - weekend.size
  if (perWeek === 0) throw new Fault(VALUE, 'no_such_weekend')
  if (Math.abs(count) > LONGEST) throw new Fault(NUM, 'date_out_of_range')
  const step = count > 0 ? 1 : -1
  const weeks = Math.max(0, Math.ceil(Math.abs(count) / perWeek) - 1)
  let left = Math.abs(count) - weeks * perWeek
  let day = new Day(start.number + 7 * weeks * step)
  const [first, last] = [Math.min(start.number, day.number), Math.max(start.number, day.number)]
  left += [...holidays].filter(
    (free) => free >= first && free <= last && free !== start.number && works_(free, weekend),
  ).length
  while (left > 0) {
    day = new Day(day.number + step)
    if (works_(day.number, weekend) && !holidays.has(day.number)) left -= 1
  }
  return day
}

/** The days listed by date. */
const listed = (days: Readonly<Record<string, string>>, at: Context): number[] =>
  Object.keys(days).map((day) => toDay(day, at).number)

interface Worked {
  readonly weekend: ReadonlySet<number>
  readonly holidays: ReadonlySet<number>
  readonly madeUp: readonly number[]
  readonly perWeek: number
}

/** A working calendar as numbers; a make-up day is worked though it is a weekend or a holiday. */
function workedOf(days: WorkingDays, at: Context): Worked {
  const weekend = new Set([0, 1, 2, 3, 4, 5, 6].filter((day) => !days.weekdays.includes(day + 1)))
  const madeUp = listed(days.workdays, at)
  const holidays = new Set(listed(days.holidays, at))
  for (const day of madeUp) holidays.delete(day)
  return { weekend, holidays, madeUp: madeUp.filter((day) => !works_(day, weekend)), perWeek: 7 - weekend.size }
}

function countWorked(start: Day, end: Day, worked: Worked): number {
  if (end.number < start.number) return -countWorked(end, start, worked)
  const inside = worked.madeUp.filter((day) => day >= start.number && day <= end.number)
  return countBetween(start, end, worked.weekend, worked.holidays) + inside.length
}

/** The first day by which so many are worked, found by halving. */
function nextWorked(start: Day, count: number, worked: Worked): Day {
  if (Math.abs(count) > LONGEST) throw new Fault(NUM, 'date_out_of_range')
  if (count === 0) return start
  const step = count > 0 ? 1 : -1
  const room = step > 0 ? LAST_DAY - start.number : start.number - FIRST_DAY
  const span = Math.min(Math.floor((Math.abs(count) + worked.holidays.size) / worked.perWeek) * 7 + 14, room)
  const enough = (days: number): boolean => {
    const far = new Day(start.number + days * step)
    const near = new Day(start.number + step)
    return countWorked(step > 0 ? near : far, step > 0 ? far : near, worked) >= Math.abs(count)
  }
  if (span < 1 || !enough(span)) throw new Fault(NUM, 'date_out_of_range')
  let [low, high] = [1, span]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (enough(middle)) high = middle
    else low = middle + 1
  }
  return new Day(start.number + low * step)
}

type Weekend = Maybe<Value>
type Holidays = Maybe<Value[]>

export const works: Works = {
  WORKDAY: (at: Context, start: Day, count: Decimal, holidays?: Holidays) =>
    at.calendar && !holidays
      ? nextWorked(start, whole(count), workedOf(at.calendar, at))
      : nextWorkday(start, whole(count), weekendOf(null), holidaysOf(holidays, at)),
  'WORKDAY.INTL': (at: Context, start: Day, count: Decimal, weekend?: Weekend, holidays?: Holidays) =>
    nextWorkday(start, whole(count), weekendOf(weekend), holidaysOf(holidays, at)),
  NETWORKDAYS: (at: Context, start: Day, end: Day, holidays?: Holidays) =>
    new Decimal(
      at.calendar && !holidays
        ? countWorked(start, end, workedOf(at.calendar, at))
        : countBetween(start, end, weekendOf(null), holidaysOf(holidays, at)),
    ),
  'NETWORKDAYS.INTL': (at: Context, start: Day, end: Day, weekend?: Weekend, holidays?: Holidays) =>
    new Decimal(countBetween(start, end, weekendOf(weekend), holidaysOf(holidays, at))),
}
