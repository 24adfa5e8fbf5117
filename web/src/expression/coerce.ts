/** Turns a value into the type that an operator or a function needs; the twin of coerce.py. */

import { isoClock, isoDay, local, midnight } from './calendar'
import { readMoment, strip } from './dates'
import {
  Clock,
  type Context,
  Day,
  Decimal,
  decimal,
  Failure,
  Fault,
  Instant,
  isDecimal,
  isList,
  isMoment,
  isRow,
  type Moment,
  NUM,
  plain,
  type Result,
  shown,
  VALUE,
  type Value,
  ZERO,
} from './values'

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,4})?$/
const THOUSANDS = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$/

/** The type of a value, as messages name it. */
export function kind(value: unknown): string {
  if (value === null || value === undefined) return 'blank'
  if (typeof value === 'boolean') return 'boolean'
  if (isDecimal(value)) return 'number'
  if (typeof value === 'string') return 'text'
  if (value instanceof Instant) return 'datetime'
  if (value instanceof Day) return 'date'
  if (value instanceof Clock) return 'time'
  return isList(value) ? 'list' : 'any'
}

/** The fault that `value` cannot be read as `wanted`. */
export const refuse = (value: unknown, wanted: string): Fault =>
  new Fault(VALUE, 'wrong_type', { type: kind(value), wanted })

/** The number written in `text`: thousands, a currency sign and % are understood. */
export function readNumber(text: string): Decimal | null {
  let body = strip(text)
  if ([...body].length > 400) return null
  const sign = /^[-+]/.test(body) ? body.charAt(0) : ''
  body = strip(body.slice(sign.length))
  if (/^[$¥￥€£]/.test(body)) body = strip(body.slice(1))
  const share = /[%％]$/.test(body)
  if (share) body = strip(body.slice(0, -1))
  body = body.replaceAll('，', ',')
  if (sign && /^[-+]/.test(body)) return null
  if (THOUSANDS.test(body)) body = body.replaceAll(',', '')
  if (!NUMBER.test(body)) return null
  const found = decimal(sign === '-' ? `-${body}` : body)
  return share ? decimal(found.times('0.01')) : found
}

/** Blank is 0, TRUE is 1, text is read; dates and lists are no numbers. */
export function toNumber(value: Value): Decimal {
  if (value === null) return ZERO
  if (typeof value === 'boolean') return new Decimal(value ? 1 : 0)
  if (isDecimal(value)) return value
  const found = typeof value === 'string' ? readNumber(value) : null
  if (found === null) throw refuse(value, 'number')
  return found
}

/** Blank is "", a number its shortest notation, an instant the local time, a list its texts with commas. */
export function toText(value: Value, at: Context): string {
  if (value === null) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  if (isDecimal(value)) return shown(value)
  if (value instanceof Instant) {
    const there = local(value, at)
    return `${isoDay(there.day)} ${isoClock(there.ms / 1000)}`
  }
  if (value instanceof Day) return isoDay(value)
  if (value instanceof Clock) return isoClock(value.seconds)
  if (isList(value)) return value.map((item) => toText(item, at)).join(', ')
  throw refuse(value, 'text')
}

/** Blank is FALSE, a number is TRUE unless 0, the texts TRUE and FALSE are read. */
export function toBoolean(value: Value): boolean {
  if (value === null) return false
  if (typeof value === 'boolean') return value
  if (isDecimal(value)) return !value.isZero()
  if (typeof value === 'string') {
    const word = strip(value).toUpperCase()
    if (word === 'TRUE' || word === 'FALSE') return word === 'TRUE'
  }
  throw refuse(value, 'boolean')
}

export function toMoment(value: Value, at: Context): Moment {
  if (isMoment(value)) return value
  if (typeof value === 'string') return readMoment(value, at)
  throw refuse(value, 'date')
}

/** The day: of an instant, the day it is in the workspace. */
export function toDay(value: Value, at: Context): Day {
  const moment = toMoment(value, at)
  if (moment instanceof Instant) return local(moment, at).day
  if (moment instanceof Clock) throw refuse(moment, 'date')
  return moment
}

/** The instant: of a date, its midnight in the workspace. */
export function toInstant(value: Value, at: Context): Instant {
  const moment = toMoment(value, at)
  return moment instanceof Instant ? moment : midnight(toDay(moment, at), at)
}

/** A number cut to an integer of a size that counts and places may have. */
export function whole(value: Value): number {
  const number = toNumber(value)
  if (number.abs().gte(1e15)) throw new Fault(NUM, 'number_out_of_range')
  return number.trunc().toNumber() + 0
}

/** The values with the items of lists in their place; rows stay whole. */
export function flat(values: readonly Value[]): Value[] {
  return values.flatMap((value) => (isList(value) ? flat(value) : [value]))
}

/** Whether nothing is there: no value, an empty text, an empty list. */
export const isBlank = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (isList(value) && value.length === 0)

/** The typed value of what a record holds. */
export function fromJson(raw: unknown, type: string, at: Context, item = 'any'): Result {
  try {
    return typed(raw, type, at, item)
  } catch (error) {
    if (error instanceof Fault) return error.failure
    throw error
  }
}

function typed(raw: unknown, type: string, at: Context, item: string): Value {
  if (raw === null || raw === undefined) return null
  if (Array.isArray(raw)) return type === 'rows' ? (raw as Value[]) : raw.map((one) => typed(one, item, at, 'any'))
  if (isDecimal(raw) || isMoment(raw)) return raw
  if (typeof raw === 'boolean' && (type === 'boolean' || type === 'any')) return raw
  if (type === 'number') return stored(raw)
  if (type === 'boolean') return toBoolean(typeof raw === 'number' ? decimal(raw) : (raw as Value))
  if (type === 'date' || type === 'datetime' || type === 'time')
    return raw === '' ? null : timed(raw as Value, type, at)
  if (type === 'any' && typeof raw === 'number') return decimal(raw)
  if (type === 'any' && isRow(raw)) return raw
  return typeof raw === 'string' ? raw : String(raw)
}

function stored(raw: unknown): Decimal | null {
  const text = String(raw)
  if (text === '') return null
  if (typeof raw === 'boolean' || !NUMBER.test(text))
    throw new Fault(VALUE, 'not_a_number', { found: text.slice(0, 40) })
  return decimal(text)
}

function timed(raw: Value, type: string, at: Context): Value {
  const moment = toMoment(raw, at)
  if (type === 'time') {
    if (!(moment instanceof Clock)) throw refuse(moment, 'time')
    return moment
  }
  if (moment instanceof Clock) throw refuse(moment, type)
  return type === 'date' ? toDay(moment, at) : toInstant(moment, at)
}

export type Json = string | boolean | null | Json[] | { readonly [key: string]: unknown }

/** What a record would hold; a failure stays a failure. */
export function toJson(value: Value): Json
export function toJson(value: Result): Json | Failure
export function toJson(value: Result): Json | Failure {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || value instanceof Failure)
    return value
  if (isDecimal(value)) return plain(value)
  if (value instanceof Instant) return `${new Date(Math.floor(value.ms / 1000) * 1000).toISOString().slice(0, 19)}Z`
  if (value instanceof Day) return isoDay(value)
  if (value instanceof Clock) return isoClock(value.seconds)
  if (isList(value)) return value.map((one) => toJson(one))
  return value
}
