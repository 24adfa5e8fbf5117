/** Format codes of TEXT 格式代码; the twin of format.py. */

import { civil, isoClock, local, weekdayOf } from '../calendar'
import { type Context, Day, Decimal, Fault, Instant, MODE, type Moment, VALUE, Wide } from '../values'
import { secondOf } from './date'
import { rounded } from './number'

const PART =
  /"[^"]*"?|\\[\s\S]|\[(?:[hHmMsS])+\]|[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|[aA][mM]\/[pP][mM]|[aA]{3,4}|[eE]+|[\s\S]/gu
const WEEKDAYS = '一二三四五六日'
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

interface Reading {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly weekday: number
  readonly clock: number
  readonly elapsed: Decimal
}

const unquoted = (code: string): string => code.replace(/"[^"]*"|\\[\s\S]/gu, '')

/** Whether a format code is one for dates and times. */
export const isTimely = (code: string): boolean => /\[[hHmMsS]+\]|[yYmMdDhHsS]/.test(unquoted(code))

const readingOf = (day: Day, clock: number, elapsed: Decimal): Reading => ({
  ...civil(day),
  weekday: weekdayOf(day),
  clock,
  elapsed,
})
const EPOCH = new Day(-25_568)

/** A date, instant or time of day by a code. */
export function formatMoment(moment: Moment, code: string, at: Context): string {
  const day = moment instanceof Instant ? local(moment, at).day : moment instanceof Day ? moment : EPOCH
  const clock = secondOf(moment, at)
  return written(code, readingOf(day, clock, new Decimal(clock)))
}

/** A number of days by a code for hours, minutes and seconds. */
export function formatDays(length: Decimal, code: string): string {
  if (length.lt(0) || length.gt(1e9) || /[yYdD]/.test(code.replace(/"[^"]*"/gu, ''))) {
    throw new Fault(VALUE, 'no_such_format', { found: code.slice(0, 40) })
  }
  const total = new Decimal(length).times(86_400).toDecimalPlaces(0, MODE.halfUp)
  return written(code, readingOf(EPOCH, total.mod(86_400).toNumber(), total))
}

function written(code: string, reading: Reading): string {
  const parts = code.match(PART) ?? []
  const half = parts.some((part) => part.toLowerCase() === 'am/pm')
  return parts.map((part, index) => onePart(part, parts, index, reading, half)).join('')
}

function onePart(part: string, parts: readonly string[], index: number, reading: Reading, half: boolean): string {
  const low = part.toLowerCase()
  const head = low.charAt(0)
  if (head === '"') return part.slice(1).replace(/"$/, '')
  if (head === '\\') return part.slice(1)
  if (head === '[' && low.length > 1) return elapsed(low, reading)
  if (low === 'am/pm') return reading.clock < 43_200 ? 'AM' : 'PM'
  if (head === 'm') return minutesOrMonth(part, parts, index, reading)
  if (low === 'aaa' || low === 'aaaa') return (low === 'aaaa' ? '星期' : '') + WEEKDAYS.charAt(reading.weekday)
  if (head === 'e') return `星期${WEEKDAYS.charAt(reading.weekday)}`
  return 'ydhs'.includes(head) && head !== '' ? plainPart(low, reading, half) : part
}

function elapsed(low: string, reading: Reading): string {
  const unit = { h: 3600, m: 60, s: 1 }[low.charAt(1)] ?? 1
  return new Decimal(reading.elapsed)
    .div(unit)
    .floor()
    .toFixed()
    .padStart(low.length - 2, '0')
}

function plainPart(low: string, reading: Reading, half: boolean): string {
  const head = low.charAt(0)
  if (head === 'y') {
    return low.length <= 2 ? String(reading.year % 100).padStart(2, '0') : String(reading.year).padStart(4, '0')
  }
  if (head === 'd' && low.length > 2) {
    const name = DAYS[reading.weekday] ?? ''
    return low.length === 3 ? name.slice(0, 3) : name
  }
  const hour = Math.floor(reading.clock / 3600)
  const value = { d: reading.day, h: half ? ((hour + 11) % 12) + 1 : hour, s: reading.clock % 60 }[head] ?? 0
  return String(value).padStart(Math.min(low.length, 2), '0')
}

function minutesOrMonth(part: string, parts: readonly string[], index: number, reading: Reading): string {
  const units = parts.flatMap((one, place) =>
    /^\[?([yY]+|[mM]+|[dD]+|[hH]+|[sS]+)\]?$/.test(one)
      ? [{ place, unit: one.toLowerCase().replace(/^\[/, '').charAt(0) }]
      : [],
  )
  const here = units.findIndex(({ place }) => place === index)
  const minutes = units[here - 1]?.unit === 'h' || units[here + 1]?.unit === 's'
  if (minutes && part.length <= 2)
    return isoClock(reading.clock)
      .slice(3, 5)
      .replace(part.length === 1 ? /^0/ : /$^/, '')
  if (part.length <= 2) return String(reading.month).padStart(part.length, '0')
  const name = MONTHS[reading.month - 1] ?? ''
  return part.length === 3 ? name.slice(0, 3) : part.length === 5 ? name.slice(0, 1) : name
}

/** A number by a code such as `#,##0.00`; sections after ; are for negative numbers and zero. */
export function formatNumber(value: Decimal, code: string): string {
  const [first = '', negative, zero] = sections(code)
  if (value.lt(0) && negative !== undefined) return section(value.abs(), negative)
  if (value.isZero() && zero !== undefined) return section(value, zero)
  const text = section(value.abs(), first)
  return value.lt(0) && /[1-9]/.test(text) ? `-${text}` : text
}

function sections(code: string): string[] {
  const pieces = ['']
  for (const part of code.match(/"[^"]*"?|\\[\s\S]|[\s\S]/gu) ?? []) {
    if (part === ';') pieces.push('')
    else pieces[pieces.length - 1] += part
  }
  return pieces
}

function section(value: Decimal, code: string): string {
  const parts = code.match(/"[^"]*"?|\\[\s\S]|[#0?.,]+|[\s\S]/gu) ?? []
  const slots = parts.map((part) => '#0?.,'.includes(part.charAt(0)))
  const first = slots.indexOf(true)
  const mask = parts.filter((_, index) => slots[index]).join('')
  const shares = parts.filter((part) => part === '%').length
  const scaled = new Wide(value).times(new Wide(10).pow(2 * shares))
  return parts
    .map((part, index) => {
      if (slots[index]) return index === first ? digits(scaled, mask) : ''
      if (part.startsWith('"')) return part.slice(1).replace(/"$/, '')
      return part.startsWith('\\') ? part.slice(1) : part
    })
    .join('')
}

function digits(value: Decimal, mask: string): string {
  const point = mask.indexOf('.')
  let before = point < 0 ? mask : mask.slice(0, point)
  const after = point < 0 ? '' : mask.slice(point + 1)
  if (before.length > 40 || after.length > 40) {
    throw new Fault(VALUE, 'no_such_format', { found: mask.slice(0, 40) })
  }
  let number = value
  while (before.endsWith(',')) {
    before = before.slice(0, -1)
    number = new Wide(number).div(1000)
  }
  const places = after.replaceAll(',', '')
  const [whole = '', fraction = ''] = rounded(number, new Decimal(places.length), MODE.halfUp)
    .toFixed(places.length)
    .split('.')
  const least = places.lastIndexOf('0') + 1
  const kept = fraction.slice(0, least) + fraction.slice(least).replace(/0+$/, '')
  const padded = whole.replace(/^0+/, '').padStart(before.split('0').length - 1, '0')
  return (before.includes(',') ? thousands(padded) : padded) + (point < 0 ? '' : '.') + kept
}

const thousands = (text: string): string => text.replace(/\B(?=(\d{3})+$)/g, ',')

/** A number with a fixed count of digits after the point, and commas if wanted. */
export function grouped(value: Decimal, places: number, commas: boolean): string {
  const number = rounded(value, new Decimal(places), MODE.halfUp)
  const [whole = '', fraction] = number.abs().toFixed(Math.max(places, 0)).split('.')
  const sign = number.lt(0) ? '-' : ''
  return sign + (commas ? thousands(whole) : whole) + (fraction === undefined ? '' : `.${fraction}`)
}
