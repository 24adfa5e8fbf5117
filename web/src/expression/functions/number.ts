/** Functions over numbers 数学函数; the twin of number.py, integer.py and angle.py. */

import { flat, toNumber, whole } from '../coerce'
import { power } from '../operators'
import {
  type Context,
  Decimal,
  DIV,
  decimal,
  Fault,
  MODE,
  type Mode,
  NUM,
  ONE,
  VALUE,
  type Value,
  Wide,
  ZERO,
} from '../values'
import type { Maybe, Works } from '../work'

const MOST_DIGITS = 400
const PI = new Wide('3.1415926535897932384626433832795028841971693993751058')
const FULL_TURN = new Wide('3.14159265358979323846264338327950288419716939937510582097494459230781640628620899').times(
  2,
)

/** `value` rounded in a mode to so many digits after the point, or before it when negative. */
export function rounded(value: Decimal, digits: Maybe<Decimal>, mode: Mode): Decimal {
  const places = digits ? whole(digits) : 0
  if (places > MOST_DIGITS || value.isZero()) return value
  if (places < -MOST_DIGITS) {
    if (mode === MODE.up) throw new Fault(NUM, 'number_out_of_range')
    return ZERO
  }
  if (places >= 0) return decimal(value.toDecimalPlaces(places, mode))
  const unit = new Wide(10).pow(-places)
  return decimal(new Wide(value).div(unit).toDecimalPlaces(0, mode).times(unit))
}

const rounder =
  (mode: Mode) =>
  (_at: Context, value: Decimal, digits?: Maybe<Decimal>): Decimal =>
    rounded(value, digits, mode)

const quotientOf = (value: Decimal, step: Decimal, mode: Mode): Decimal =>
  new Wide(value).div(step).toDecimalPlaces(0, mode)

const divisible = (divisor: Decimal): Decimal => {
  if (divisor.isZero()) throw new Fault(DIV, 'division_by_zero')
  return divisor
}

function stepped(value: Decimal, step: Maybe<Decimal>, mode: Mode): Decimal {
  const width = step ?? ONE
  if (width.isZero() || value.isZero()) return ZERO
  if (value.gt(0) && width.lt(0)) throw new Fault(NUM, 'no_such_number')
  return decimal(new Decimal(quotientOf(value, width, mode)).times(width))
}

function mround(_at: Context, value: Decimal, step: Decimal): Decimal {
  if (step.isZero() || value.isZero()) return ZERO
  if (value.gt(0) !== step.gt(0)) throw new Fault(NUM, 'no_such_number')
  return decimal(new Decimal(quotientOf(value, step, MODE.halfUp)).times(step))
}

function odd(_at: Context, value: Decimal): Decimal {
  const above = Decimal.max(value.abs().minus(1), ZERO)
  const found = new Decimal(quotientOf(above, new Decimal(2), MODE.up)).times(2).plus(1)
  return decimal(value.lt(0) ? found.neg() : found)
}

function mod(_at: Context, value: Decimal, divisor: Decimal): Decimal {
  const times = quotientOf(value, divisible(divisor), MODE.floor)
  return decimal(new Wide(value).minus(new Wide(times).times(divisor)))
}

const positive = (value: Decimal): Decimal => {
  if (value.lte(0)) throw new Fault(NUM, 'no_such_number')
  return new Wide(value)
}

const log10 = (value: Decimal): Decimal => decimal(positive(value).log(10))

function log(_at: Context, value: Decimal, base?: Maybe<Decimal>): Decimal {
  if (!base) return log10(value)
  const bottom = divisible(positive(base).ln())
  return decimal(positive(value).ln().div(bottom))
}

function exp(_at: Context, value: Decimal): Decimal {
  if (value.abs().gt(700)) {
    if (value.lt(0)) return ZERO
    throw new Fault(NUM, 'number_out_of_range')
  }
  return decimal(new Wide(value).exp())
}

/** The sine (`first` 1) or cosine (`first` 0) of an angle, by its series. */
function series(value: Decimal, first: number): Decimal {
  if (value.abs().gt(1e15)) throw new Fault(NUM, 'number_out_of_range')
  const angle = new Wide(value)
  const rest = angle.minus(angle.div(FULL_TURN).toDecimalPlaces(0, MODE.halfUp).times(FULL_TURN))
  const square = rest.times(rest)
  let term: Decimal = first ? rest : new Wide(1)
  let total = term
  for (let step = first; term.abs().gt(1e-48); ) {
    step += 2
    term = term
      .times(square)
      .div(step * (step - 1))
      .neg()
    total = total.plus(term)
  }
  return total.toDecimalPlaces(30, MODE.halfEven)
}

const ratio = (top: Decimal, bottom: Decimal): Decimal =>
  decimal(new Wide(top).div(divisible(bottom)).toDecimalPlaces(20, MODE.halfEven))

function fact(_at: Context, value: Decimal): Decimal {
  if (value.lt(0) || value.gte(170)) throw new Fault(NUM, 'no_such_number')
  let product = ONE
  for (let factor = 2; factor <= whole(value); factor += 1) product = decimal(product.times(factor))
  return product
}

function integers(values: Value[]): bigint[] {
  const found = flat(values).map((value) => whole(toNumber(value)))
  if (found.some((value) => value < 0)) throw new Fault(NUM, 'no_such_number')
  return found.map(BigInt)
}

const divisor = (one: bigint, other: bigint): bigint => (other === 0n ? one : divisor(other, one % other))

function multiple(one: bigint, other: bigint): bigint {
  const found = one === 0n || other === 0n ? 0n : (one / divisor(one, other)) * other
  if (found > 10n ** 30n) throw new Fault(NUM, 'number_out_of_range')
  return found
}

/** A number by chance, from 0 to below 1; the world may refuse it. */
export function chance(at: Context): Decimal {
  if (!at.chance) throw new Fault(VALUE, 'no_chance_here')
  return decimal(at.chance())
}

function randbetween(at: Context, least: Decimal, most: Decimal): Decimal {
  const low = whole(least.toDecimalPlaces(0, MODE.ceiling))
  const high = whole(most.toDecimalPlaces(0, MODE.floor))
  if (low > high) throw new Fault(NUM, 'bounds_swapped')
  return new Decimal(low).plus(
    chance(at)
      .times(high - low + 1)
      .trunc(),
  )
}

export const works: Works = {
  ROUND: rounder(MODE.halfUp),
  ROUNDUP: rounder(MODE.up),
  ROUNDDOWN: rounder(MODE.down),
  TRUNC: rounder(MODE.down),
  INT: (_at: Context, value: Decimal) => rounded(value, ZERO, MODE.floor),
  ABS: (_at: Context, value: Decimal) => value.abs(),
  SIGN: (_at: Context, value: Decimal) => new Decimal(value.cmp(0)),
  CEILING: (_at: Context, value: Decimal, step?: Maybe<Decimal>) => stepped(value, step, MODE.ceiling),
  FLOOR: (_at: Context, value: Decimal, step?: Maybe<Decimal>) => {
    if (step?.isZero() && !value.isZero()) throw new Fault(DIV, 'division_by_zero')
    return stepped(value, step, MODE.floor)
  },
  MROUND: mround,
  EVEN: (_at: Context, value: Decimal) => decimal(new Decimal(quotientOf(value, new Decimal(2), MODE.up)).times(2)),
  ODD: odd,
  MOD: mod,
  QUOTIENT: (_at: Context, value: Decimal, by: Decimal) => decimal(quotientOf(value, divisible(by), MODE.down)),
  POWER: (_at: Context, value: Decimal, exponent: Decimal) => power(value, exponent),
  SQRT: (_at: Context, value: Decimal) => {
    if (value.lt(0)) throw new Fault(NUM, 'no_such_number')
    return decimal(new Decimal(value).sqrt())
  },
  EXP: exp,
  LN: (_at: Context, value: Decimal) => decimal(positive(value).ln()),
  LOG10: (_at: Context, value: Decimal) => log10(value),
  LOG: log,
  PI: () => decimal(PI),
  RADIANS: (_at: Context, degrees: Decimal) => decimal(new Wide(degrees).times(PI.toSignificantDigits(50)).div(180)),
  DEGREES: (_at: Context, radians: Decimal) => decimal(new Wide(radians).times(180).div(PI.toSignificantDigits(50))),
  SIN: (_at: Context, angle: Decimal) => decimal(series(angle, 1)),
  COS: (_at: Context, angle: Decimal) => decimal(series(angle, 0)),
  TAN: (_at: Context, angle: Decimal) => ratio(series(angle, 1), series(angle, 0)),
  COT: (_at: Context, angle: Decimal) => ratio(series(angle, 0), series(angle, 1)),
  FACT: fact,
  GCD: (_at: Context, ...values: Value[]) => new Decimal(integers(values).reduce(divisor, 0n).toString()),
  LCM: (_at: Context, ...values: Value[]) => new Decimal(integers(values).reduce(multiple, 1n).toString()),
  ISEVEN: (_at: Context, value: Decimal) => whole(value) % 2 === 0,
  ISODD: (_at: Context, value: Decimal) => whole(value) % 2 !== 0,
  RAND: (at: Context) => chance(at),
  RANDBETWEEN: randbetween,
}
