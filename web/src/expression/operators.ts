/** What + - * / ^ & and the comparisons do 运算符, with lists taken item by item; the twin of operators.py. */

import { kind, readNumber, refuse, toInstant, toNumber, toText } from './coerce'
import { readMoment } from './dates'
import {
  Clock,
  type Context,
  Day,
  type Decimal,
  DIV,
  decimal,
  Fault,
  Instant,
  inDays,
  isDecimal,
  isList,
  isMoment,
  type Moment,
  NUM,
  ONE,
  span,
  VALUE,
  type Value,
  Wide,
  ZERO,
} from './values'

export const MAX_TEXT = 1_000_000
type Operation = (left: Value, right: Value, at: Context) => Value

/** The value of `left sign right`. */
export function apply(sign: string, left: Value, right: Value, at: Context): Value {
  bound(left, right)
  bound(right, left)
  if (isList(left) || isList(right)) return pairs(left, right).map(([one, other]) => apply(sign, one, other, at))
  const operation = OPERATIONS[sign]
  if (!operation) throw new Fault(VALUE, 'broken_expression')
  return operation(left, right, at)
}

function bound(items: Value, text: Value): void {
  if (isList(items) && typeof text === 'string' && items.length * text.length > MAX_TEXT) {
    throw new Fault(VALUE, 'result_too_large', { limit: MAX_TEXT })
  }
}

function pairs(left: Value, right: Value): [Value, Value][] {
  if (!isList(left)) return (right as Value[]).map((item) => [left, item])
  if (!isList(right)) return left.map((item) => [item, right])
  if (left.length !== right.length) {
    throw new Fault(VALUE, 'lists_differ', { left: left.length, right: right.length })
  }
  return left.map((item, index) => [item, right[index] ?? null])
}

export const negate = (value: Value): Value => (isList(value) ? value.map(negate) : decimal(toNumber(value).neg()))

export const percent = (value: Value): Value =>
  isList(value) ? value.map(percent) : decimal(toNumber(value).times('0.01'))

function add(left: Value, right: Value, at: Context): Value {
  if (!isMoment(left) && !isMoment(right)) return decimal(toNumber(left).plus(toNumber(right)))
  const swap =
    right instanceof Day ||
    right instanceof Instant ||
    (right instanceof Clock && !(left instanceof Day || left instanceof Instant))
  return swap ? later(right as Moment, left, 1, at) : later(left as Moment, right, 1, at)
}

function subtract(left: Value, right: Value, at: Context): Value {
  const taken = isMoment(left) && typeof right === 'string' ? (readNumber(right) ?? readMoment(right, at)) : right
  if (isMoment(taken)) return between(left, taken, at)
  if (isMoment(left)) return later(left, taken, -1, at)
  return decimal(toNumber(left).minus(toNumber(taken)))
}

function later(moment: Moment, length: Value, sign: number, at: Context): Value {
  if (length instanceof Instant || length instanceof Day) throw refuse(length, 'number')
  if (length instanceof Clock) {
    if (moment instanceof Clock) return new Clock(moment.seconds + sign * length.seconds)
    return new Instant(toInstant(moment, at).ms + sign * length.seconds * 1000)
  }
  const amount = toNumber(length)
  const step = span(amount.times(sign))
  if (moment instanceof Clock) return new Clock(moment.seconds + Math.floor(step / 1000))
  if (moment instanceof Instant || !amount.isInteger()) return new Instant(toInstant(moment, at).ms + step)
  return new Day(moment.number + sign * amount.toNumber())
}

function between(left: Value, right: Moment, at: Context): Value {
  if (left === null) return null
  const from = typeof left === 'string' ? readMoment(left, at) : left
  if (from instanceof Clock && right instanceof Clock) return inDays((from.seconds - right.seconds) * 1000)
  if (from instanceof Clock || right instanceof Clock || !isMoment(from)) throw refuse(from, kind(right))
  if (from instanceof Instant || right instanceof Instant) {
    return inDays(toInstant(from, at).ms - toInstant(right, at).ms)
  }
  return decimal(from.number - right.number)
}

function divide(left: Value, right: Value): Decimal {
  const dividend = toNumber(left)
  const divisor = toNumber(right)
  if (divisor.isZero()) throw new Fault(DIV, 'division_by_zero')
  return decimal(dividend.div(divisor))
}

export function power(left: Value, right: Value): Decimal {
  const base = toNumber(left)
  const exponent = toNumber(right)
  if (base.isZero()) {
    if (exponent.isNegative() && !exponent.isZero()) throw new Fault(DIV, 'division_by_zero')
    if (exponent.isZero()) throw new Fault(NUM, 'no_such_number')
    return base
  }
  if (base.isNegative() && !exponent.isInteger()) throw new Fault(NUM, 'no_such_number')
  if (exponent.isZero() || base.eq(1)) return ONE
  if (exponent.abs().times(new Wide(base).abs().log(10).abs()).gt(400)) throw new Fault(NUM, 'number_out_of_range')
  return decimal(new Wide(base).pow(exponent))
}

function join(left: Value, right: Value, at: Context): string {
  const text = toText(left, at) + toText(right, at)
  if (text.length > MAX_TEXT) throw new Fault(VALUE, 'result_too_large', { limit: MAX_TEXT })
  return text
}

const BLANKS: Readonly<Record<string, Value>> = { number: ZERO, text: '', boolean: false }
const sign = (number: number): number => (number > 0 ? 1 : number < 0 ? -1 : 0)

/** -1, 0 or 1; null when the two cannot be put in an order. Blank takes the other's blank; before every date. */
export function compare(left: Value, right: Value, at: Context): number | null {
  if (left === null && right === null) return 0
  if (left === null || right === null) {
    const blank = BLANKS[kind(left ?? right)]
    if (blank === undefined) return left === null ? -1 : 1
    return compare(left ?? blank, right ?? blank, at)
  }
  const [one, other] = alike(left, right, at)
  if ((one instanceof Instant && other instanceof Day) || (one instanceof Day && other instanceof Instant)) {
    return sign(toInstant(one, at).ms - toInstant(other, at).ms)
  }
  if (isDecimal(one) && isDecimal(other)) return one.cmp(other)
  if (one instanceof Instant && other instanceof Instant) return sign(one.ms - other.ms)
  if (one instanceof Day && other instanceof Day) return sign(one.number - other.number)
  if (one instanceof Clock && other instanceof Clock) return sign(one.seconds - other.seconds)
  if (typeof one === 'string' && typeof other === 'string') return compareText(one, other)
  return typeof one === 'boolean' && typeof other === 'boolean' ? sign(Number(one) - Number(other)) : null
}

/** By code points, as in the server. */
export function compareText(one: string, other: string): number {
  if (one === other) return 0
  const left = [...one]
  const right = [...other]
  for (let index = 0; index < left.length && index < right.length; index += 1) {
    const difference = (left[index]?.codePointAt(0) ?? 0) - (right[index]?.codePointAt(0) ?? 0)
    if (difference !== 0) return sign(difference)
  }
  return sign(left.length - right.length)
}

function alike(left: Value, right: Value, at: Context): [Value, Value] {
  try {
    if (typeof left === 'string' && isMoment(right)) return [readMoment(left, at), right]
    if (typeof right === 'string' && isMoment(left)) return [left, readMoment(right, at)]
  } catch (error) {
    if (!(error instanceof Fault)) throw error
  }
  return [left, right]
}

/** Whether the two are the same; values of different types never are. */
export const equal = (left: Value, right: Value, at: Context): boolean => compare(left, right, at) === 0

const ordered =
  (test: (found: number) => boolean): Operation =>
  (left, right, at) => {
    const found = compare(left, right, at)
    if (found === null) throw new Fault(VALUE, 'not_comparable', { type: kind(left), wanted: kind(right) })
    return test(found)
  }

const OPERATIONS: Readonly<Record<string, Operation>> = {
  '+': add,
  '-': subtract,
  '*': (left, right) => decimal(toNumber(left).times(toNumber(right))),
  '/': divide,
  '^': power,
  '&': join,
  '=': equal,
  '<>': (left, right, at) => !equal(left, right, at),
  '<': ordered((found) => found < 0),
  '<=': ordered((found) => found <= 0),
  '>': ordered((found) => found > 0),
  '>=': ordered((found) => found >= 0),
}
