/** Reads dates, instants and times of day out of text 日期文本; the twin of dates.py. */

import { dayOf, instant } from './calendar'
import { Clock, type Context, DAY_MS, type Day, Fault, Instant, type Moment, VALUE } from './values'

const DAY = /^(?:(\d{4})(?:-|\/|\.|年)(\d{1,2})(?:-|\/|\.|月)(\d{1,2})日?|(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})(?!\d))/
const CLOCK = /^(\d{1,2})(?::|时)(\d{1,2})分?(?::?(\d{1,2})(?:\.\d{1,9})?秒?)?\s*([AaPp][Mm])?/
const OFFSET = /^(?:([Zz])|([+-])(\d{2}):?(\d{2}))$/
const SPACE = '[\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+'
const AROUND = new RegExp(`^${SPACE}|${SPACE}$`, 'g')

/** The text without white space around it. */
export const strip = (text: string): string => text.replace(AROUND, '')

/** The date, instant or time of day in `text`; a local time is one of the workspace's zone. */
export function readMoment(text: string, at: Context): Moment {
  const rest = strip(text)
  const found = rest.length > 60 ? undefined : moment(rest, at)
  if (!found) throw new Fault(VALUE, 'not_a_date', { found: rest.slice(0, 40) })
  return found
}

function moment(text: string, at: Context): Moment | undefined {
  const dayFound = DAY.exec(text)
  const day = dayFound ? readDay(dayFound) : undefined
  if (dayFound && !day) return undefined
  let rest = dayFound ? text.slice(dayFound[0].length).replace(/^[Tt ]+/, '') : text
  if (day && !rest) return day
  const clockFound = CLOCK.exec(rest)
  const seconds = clockFound ? readClock(clockFound) : undefined
  if (!clockFound || seconds === undefined) return undefined
  rest = strip(rest.slice(clockFound[0].length))
  const offset = OFFSET.exec(rest)
  if (rest && (!offset || !day)) return undefined
  if (!day) return new Clock(seconds)
  return offset ? atOffset(day, seconds, offset) : instant(day, seconds * 1000, at)
}

function readDay(found: RegExpExecArray): Day | undefined {
  if (found[1]) return dayOf(Number(found[1]), Number(found[2]), Number(found[3]))
  const written = found[6] ?? ''
  const year = Number(written) + (written.length === 2 ? (Number(written) < 30 ? 2000 : 1900) : 0)
  return dayOf(year, Number(found[4]), Number(found[5]))
}

function readClock(found: RegExpExecArray): number | undefined {
  let hour = Number(found[1])
  const minute = Number(found[2])
  const second = Number(found[3] ?? 0)
  if (found[4]) {
    if (hour < 1 || hour > 12) return undefined
    hour = (hour % 12) + (found[4].toLowerCase() === 'pm' ? 12 : 0)
  }
  const late = hour > 23 && !(hour === 24 && minute === 0 && second === 0)
  return late || minute > 59 || second > 59 ? undefined : hour * 3600 + minute * 60 + second
}

function atOffset(day: Day, seconds: number, found: RegExpExecArray): Instant | undefined {
  const minutes = found[1] ? 0 : Number(found[3]) * 60 + Number(found[4])
  if (minutes >= 1440) return undefined
  const ahead = (found[2] === '-' ? -1 : 1) * minutes * 60_000
  return new Instant(day.number * DAY_MS + seconds * 1000 - ahead)
}
