/** Days of the calendar and the clock of a time zone 日历与时区, without a library. */

import { type Context, DAY_MS, Day, Fault, Instant, NUM } from './values'

export interface Civil {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** The day of a year, month and day that exist; undefined if they do not. */
export function dayOf(year: number, month: number, day: number): Day | undefined {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > monthLength(year, month)) return undefined
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return new Day(Math.round(date.getTime() / DAY_MS))
}

/** Year, month and day of a day. */
export function civil(day: Day): Civil {
  const date = new Date(day.number * DAY_MS)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

export const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

export const monthLength = (year: number, month: number): number =>
  [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0

/** Monday is 0. */
export const weekdayOf = (day: Day): number => (((day.number + 3) % 7) + 7) % 7

/** The same day so many months later, or the last of that month. */
export function shifted(day: Day, months: number): Day {
  const { year, month, day: date } = civil(day)
  const count = year * 12 + month - 1 + months
  const there = { year: Math.floor(count / 12), month: (((count % 12) + 12) % 12) + 1 }
  const found = dayOf(there.year, there.month, Math.min(date, monthLength(there.year, there.month)))
  if (!found) throw new Fault(NUM, 'date_out_of_range')
  return found
}

/** The day so many days later. */
export function daysLater(day: Day, count: number): Day {
  if (Math.abs(count) > 4_000_000) throw new Fault(NUM, 'date_out_of_range')
  return new Day(day.number + count)
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timezone: string): Intl.DateTimeFormat {
  let format = formats.get(timezone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(timezone, format)
  }
  return format
}

/** How far the zone's clock is ahead of UTC at an instant, in milliseconds. */
function offsetAt(ms: number, timezone: string): number {
  const parts: Record<string, string> = {}
  for (const { type, value } of formatOf(timezone).formatToParts(ms)) parts[type] = value
  const date = new Date(0)
  const year = Number(parts.year)
  date.setUTCFullYear(parts.era === 'BC' ? 1 - year : year, Number(parts.month) - 1, Number(parts.day))
  date.setUTCHours(Number(parts.hour), Number(parts.minute), Number(parts.second))
  return date.getTime() - Math.floor(ms / 1000) * 1000
}

/** An instant as the reading of the workspace's clock: a day, and milliseconds since its midnight. */
export function local(instant: Instant, at: Context): { day: Day; ms: number } {
  const there = instant.ms + offsetAt(instant.ms, at.timezone)
  const day = Math.floor(there / DAY_MS)
  return { day: new Day(day), ms: there - day * DAY_MS }
}

/** A reading of the workspace's clock as an instant; of two possible ones the earlier. */
export function instant(day: Day, ms: number, at: Context): Instant {
  const there = day.number * DAY_MS + ms
  const before = offsetAt(there - DAY_MS, at.timezone)
  const after = offsetAt(there + DAY_MS, at.timezone)
  for (const offset of [before, after]) {
    if (offsetAt(there - offset, at.timezone) === offset) return new Instant(there - offset)
  }
  return new Instant(there - before)
}

export const midnight = (day: Day, at: Context): Instant => instant(day, 0, at)

export const today = (at: Context): Day => local(new Instant(at.now), at).day

const two = (number: number): string => String(number).padStart(2, '0')

export function isoDay(day: Day): string {
  const { year, month, day: date } = civil(day)
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(date)}`
}

export const isoClock = (seconds: number): string =>
  `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(Math.floor(seconds) % 60)}`
