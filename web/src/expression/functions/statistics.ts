/** Functions over many values 统计函数; the twin of statistics.py and sequence.py. */

import { flat, isBlank, toNumber } from '../coerce'
import { compare } from '../operators'
import {
  type Context,
  Decimal,
  DIV,
  decimal,
  Fault,
  isDecimal,
  isMoment,
  isRow,
  NA,
  NUM,
  ONE,
  plain,
  REF,
  type Result,
  VALUE,
  type Value,
  ZERO,
} from '../values'
import type { Maybe, Works } from '../work'
import { union } from './text'

/** The numbers among the arguments; a truth value counts only when given directly. */
export const numbers = (values: readonly Value[]): Decimal[] =>
  values.flatMap((value) => (typeof value === 'boolean' ? [toNumber(value)] : flat([value]).filter(isDecimal)))

/** The sum, in the order given. */
export const total = (values: readonly Decimal[]): Decimal =>
  decimal(values.reduce<Decimal>((found, value) => found.plus(value), ZERO))

/** The average; of nothing there is none. */
export function mean(values: readonly Decimal[]): Decimal {
  if (values.length === 0) throw new Fault(DIV, 'no_numbers')
  return decimal(new Decimal(total(values)).div(values.length))
}

/** The least (`sign` -1) or greatest (1) number or date; 0 of nothing. */
export function extreme(at: Context, values: readonly Value[], sign: number): Value {
  let found: Value = null
  for (const value of flat(values.map((one) => (typeof one === 'boolean' ? toNumber(one) : one)))) {
    if (!isDecimal(value) && !isMoment(value)) continue
    const order = found === null ? sign : compare(value, found, at)
    if (order === null) throw new Fault(VALUE, 'mixed_types')
    if (order === sign) found = value
  }
  return found ?? ZERO
}

function product(_at: Context, ...values: Value[]): Decimal {
  const found = numbers(values)
  return found.length === 0 ? ZERO : found.reduce((result, value) => decimal(result.times(value)), ONE)
}

const sorted = (values: readonly Decimal[]): Decimal[] => [...values].sort((one, other) => one.cmp(other))

function median(_at: Context, ...values: Value[]): Decimal {
  const found = sorted(numbers(values))
  const upper = found[Math.floor(found.length / 2)]
  if (!upper) throw new Fault(NUM, 'no_numbers')
  const lower = found.length % 2 ? upper : (found[found.length / 2 - 1] ?? upper)
  return found.length % 2 ? upper : decimal(new Decimal(lower).plus(upper).div(2))
}

function mode(_at: Context, ...values: Value[]): Decimal {
  const times = new Map<string, number>()
  for (const value of numbers(values)) times.set(plain(value), (times.get(plain(value)) ?? 0) + 1)
  const most = Math.max(0, ...times.values())
  const best = [...times].find(([, count]) => count === most)
  if (!best || most < 2) throw new Fault(NA, 'nothing_fits')
  return decimal(best[0])
}

function ranked(values: Value, place: Decimal, largest: boolean): Decimal {
  const found = sorted(numbers([values]))
  if (largest) found.reverse()
  const chosen = place.gte(1) && place.lte(found.length) ? found[place.trunc().toNumber() - 1] : undefined
  if (!chosen) throw new Fault(NUM, 'place_outside', { place: place.toFixed().slice(0, 20), count: found.length })
  return chosen
}

function rank(_at: Context, value: Decimal, values: Value, upwards?: Maybe<boolean>): Decimal {
  const found = numbers([values])
  if (!found.some((other) => other.eq(value))) throw new Fault(NA, 'nothing_fits')
  return new Decimal(1 + found.filter((other) => (upwards ? other.lt(value) : other.gt(value))).length)
}

function variance(values: readonly Decimal[], freedom: number): Decimal {
  if (values.length <= freedom) throw new Fault(DIV, 'no_numbers')
  const middle = mean(values)
  const squares = values.map((value) => new Decimal(value).minus(middle)).map((away) => away.times(away))
  return decimal(new Decimal(total(squares)).div(values.length - freedom))
}

function sumproduct(_at: Context, ...lists: Value[][]): Decimal {
  const length = lists[0]?.length ?? 0
  const other = lists.find((list) => list.length !== length)
  if (other) throw new Fault(VALUE, 'lists_differ', { left: length, right: other.length })
  let found = ZERO
  for (let row = 0; row < length; row += 1) {
    const cells = lists.map((list) => list[row] ?? null)
    const term = cells.reduce<Decimal>((result, cell) => decimal(result.times(isDecimal(cell) ? cell : ZERO)), ONE)
    found = decimal(found.plus(term))
  }
  return found
}

function index(_at: Context, values: Value[], place: Decimal): Value {
  if (!(place.abs().gte(1) && place.abs().lt(values.length + 1))) {
    throw new Fault(REF, 'place_outside', { place: place.toFixed().slice(0, 20), count: values.length })
  }
  return values.at(place.trunc().toNumber() - (place.gt(0) ? 1 : 0)) ?? null
}

const first = (values: readonly Value[]): Value => values.find((value) => !isBlank(value)) ?? null

const counts = (value: Value): boolean => isDecimal(value) || isMoment(value) || isRow(value)
const counted =
  (test: (value: Value) => boolean) =>
  (_at: Context, ...values: Value[]): Decimal =>
    new Decimal(flat(values).filter(test).length)

export const works: Works = {
  SUM: (_at: Context, ...values: Value[]) => total(numbers(values)),
  AVERAGE: (_at: Context, ...values: Value[]) => mean(numbers(values)),
  COUNT: counted(counts),
  COUNTA: counted((value) => !isBlank(value)),
  COUNTBLANK: counted(isBlank),
  MIN: (at: Context, ...values: Value[]) => extreme(at, values, -1),
  MAX: (at: Context, ...values: Value[]) => extreme(at, values, 1),
  PRODUCT: product,
  SUMSQ: (_at: Context, ...values: Value[]) => total(numbers(values).map((value) => decimal(value.times(value)))),
  MEDIAN: median,
  MODE: mode,
  LARGE: (_at: Context, values: Value, place: Decimal) => ranked(values, place, true),
  SMALL: (_at: Context, values: Value, place: Decimal) => ranked(values, place, false),
  RANK: rank,
  VAR: (_at: Context, ...values: Value[]) => variance(numbers(values), 1),
  STDEV: (_at: Context, ...values: Value[]) => new Decimal(variance(numbers(values), 1)).sqrt(),
  STDEVP: (_at: Context, ...values: Value[]) => new Decimal(variance(numbers(values), 0)).sqrt(),
  SUMPRODUCT: sumproduct,
  UNIQUE: (_at: Context, values: Value[]) => union(values),
  COUNTUNIQUE: (_at: Context, ...values: Value[]) => new Decimal(union(values).length),
  INDEX: index,
  FIRST: (_at: Context, values: Value[]) => first(values),
  LAST: (_at: Context, values: Value[]): Result => first([...values].reverse()),
}
