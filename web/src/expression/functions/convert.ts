/** Functions that turn one type into another, and those that know people 转换函数; the twin of convert.py. */

import { isBlank, readNumber, toDay, toNumber, toText, whole } from '../coerce'
import { readMoment } from '../dates'
import {
  Clock,
  type Context,
  type Decimal,
  Fault,
  isDecimal,
  isList,
  isMoment,
  type Moment,
  VALUE,
  type Value,
  ZERO,
} from '../values'
import type { Maybe, Works } from '../work'
import { secondOf } from './date'
import { formatDays, formatMoment, formatNumber, grouped, isTimely } from './format'
import { chance } from './number'
import { capitals } from './rmb'

function text(at: Context, value: Value, code?: Maybe<string>): string {
  if (code === null || code === undefined || value === null || typeof value === 'boolean' || isList(value)) {
    return toText(value, at)
  }
  if ([...code].length > 200) throw new Fault(VALUE, 'no_such_format', { found: code.slice(0, 40) })
  if (typeof value === 'string') return textFormatted(value, code, at)
  if (isDecimal(value)) return isTimely(code) ? formatDays(value, code) : formatNumber(value, code)
  if (isMoment(value)) return code ? formatMoment(value, code, at) : toText(value, at)
  throw new Fault(VALUE, 'wrong_type', { type: 'rows', wanted: 'text' })
}

function textFormatted(value: string, code: string, at: Context): string {
  if (!isTimely(code)) {
    const number = readNumber(value)
    return number === null ? value : formatNumber(number, code)
  }
  try {
    return formatMoment(readMoment(value, at), code, at)
  } catch (error) {
    if (error instanceof Fault) return value
    throw error
  }
}

function fixed(_at: Context, number: Decimal, digits?: Maybe<Decimal>, without?: Maybe<boolean>): string {
  const places = digits ? whole(digits) : 2
  if (Math.abs(places) > 127) throw new Fault(VALUE, 'number_too_large')
  return grouped(number, places, !without)
}

function names(kind: string, ids: Value, at: Context): string {
  const wanted = isList(ids) ? ids : [ids]
  return wanted
    .filter((one) => !isBlank(one))
    .map((one) => toText(one, at))
    .map((one) => at.names?.(kind, one) || one)
    .join(', ')
}

function uuid(at: Context): string {
  const draws = Array.from({ length: 8 }, () => Math.floor(chance(at).times(65_536).toNumber()) % 65_536)
  const digits = draws.map((draw) => draw.toString(16).padStart(4, '0')).join('')
  const variant = '89ab'.charAt(Number.parseInt(digits.charAt(16), 16) % 4)
  const tail = `${variant}${digits.slice(17, 20)}-${digits.slice(20)}`
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${tail}`
}

export const works: Works = {
  TEXT: text,
  VALUE: (_at: Context, value: Value) => toNumber(value),
  N: (_at: Context, value: Value) => (typeof value === 'boolean' || isDecimal(value) ? toNumber(value) : ZERO),
  FIXED: fixed,
  DATEVALUE: (at: Context, moment: Moment) => toDay(moment, at),
  TIMEVALUE: (at: Context, moment: Moment) => new Clock(secondOf(moment, at)),
  RMBCAP: (_at: Context, amount: Decimal) => capitals(amount),
  ME: (at: Context) => at.me?.id ?? null,
  GETUSERNAME: (at: Context) => at.me?.name ?? null,
  MYDEPARTMENTS: (at: Context) => [...(at.me?.departments ?? [])],
  TEXTUSER: (at: Context, member: Value) => names('member', member, at),
  TEXTDEPT: (at: Context, department: Value) => names('department', department, at),
  UUID: uuid,
}
