/** Functions that decide, and about what is there at all 逻辑函数; the twin of logic.py and presence.py. */

import { flat, isBlank, toBoolean } from '../coerce'
import { equal } from '../operators'
import {
  type Context,
  type Decimal,
  Failure,
  Fault,
  isDecimal,
  isList,
  NA,
  type Result,
  VALUE,
  type Value,
} from '../values'
import type { Thunk, Works } from '../work'

function condition(thunk: Thunk): boolean {
  const value = thunk()
  if (value instanceof Failure) throw new Fault(value.code, value.reason, value.params)
  return toBoolean(value)
}

function ifs(_at: Context, ...pairs: Thunk[]): Result {
  for (let index = 0; index + 1 < pairs.length; index += 2) {
    const [test, value] = [pairs[index], pairs[index + 1]]
    if (test && value && condition(test)) return value()
  }
  throw new Fault(NA, 'nothing_fits')
}

function choice(at: Context, value: Thunk, ...cases: Thunk[]): Result {
  const sought = value()
  if (sought instanceof Failure) return sought
  for (let index = 0; index + 1 < cases.length; index += 2) {
    const candidate = cases[index]?.() ?? null
    if (candidate instanceof Failure) return candidate
    if (equal(sought, candidate, at)) return cases[index + 1]?.() ?? null
  }
  if (cases.length % 2) return cases.at(-1)?.() ?? null
  throw new Fault(NA, 'nothing_fits')
}

function choose(_at: Context, place: Decimal, ...values: Value[]): Result {
  if (!(place.gte(1) && place.lt(values.length + 1))) {
    throw new Fault(VALUE, 'place_outside', { place: place.toFixed().slice(0, 20), count: values.length })
  }
  return values[place.trunc().toNumber() - 1] ?? null
}

/** The truth values among the arguments; in lists, blanks and texts are passed over. */
function truths(values: Value[]): boolean[] {
  const found = values.flatMap((value) =>
    isList(value)
      ? flat(value)
          .filter((item) => typeof item === 'boolean' || isDecimal(item))
          .map(toBoolean)
      : [toBoolean(value)],
  )
  if (found.length === 0) throw new Fault(VALUE, 'no_truth_values')
  return found
}

function coalesce(_at: Context, ...values: Thunk[]): Result {
  for (const value of values) {
    const found = value()
    if (found instanceof Failure || !isBlank(found)) return found
  }
  return null
}

function contains(at: Context, where: Value, what: Value): boolean {
  if (typeof where === 'string' && typeof what === 'string') return where.includes(what)
  const wanted = flat([what])
  const held = flat([where])
  return wanted.length > 0 && wanted.every((one) => held.some((item) => item !== null && equal(item, one, at)))
}

export const works: Works = {
  IF: (_at: Context, test: Thunk, then?: Thunk, otherwise?: Thunk) =>
    condition(test) ? (then ? then() : true) : otherwise ? otherwise() : false,
  IFS: ifs,
  SWITCH: choice,
  CHOOSE: choose,
  AND: (_at: Context, ...tests: Value[]) => truths(tests).every(Boolean),
  OR: (_at: Context, ...tests: Value[]) => truths(tests).some(Boolean),
  XOR: (_at: Context, ...tests: Value[]) => truths(tests).filter(Boolean).length % 2 === 1,
  NOT: (_at: Context, test: boolean) => !test,
  TRUE: () => true,
  FALSE: () => false,
  BLANK: () => null,
  NA: () => {
    throw new Fault(NA, 'nothing_fits')
  },
  IFERROR: (_at: Context, value: Thunk, otherwise: Thunk) => {
    const found = value()
    return found instanceof Failure ? otherwise() : found
  },
  IFNA: (_at: Context, value: Thunk, otherwise: Thunk) => {
    const found = value()
    return found instanceof Failure && found.code === NA ? otherwise() : found
  },
  COALESCE: coalesce,
  ISEMPTY: (_at: Context, value: Value) => isBlank(value),
  ISBLANK: (_at: Context, value: Result) => isBlank(value),
  ISERROR: (_at: Context, value: Result) => value instanceof Failure,
  ISNA: (_at: Context, value: Result) => value instanceof Failure && value.code === NA,
  ISNUMBER: (_at: Context, value: Result) => isDecimal(value),
  ISTEXT: (_at: Context, value: Result) => typeof value === 'string',
  ISLOGICAL: (_at: Context, value: Result) => typeof value === 'boolean',
  CONTAINS: contains,
}
