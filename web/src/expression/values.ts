/** What an expression 表达式 may hold, and what it may know of the world; the twin of values.py. */

import { Decimal as Exact } from 'decimal.js'

export const Decimal = Exact.clone({ precision: 34, rounding: 6, toExpNeg: -9e15, toExpPos: 9e15 })
export const Wide = Exact.clone({ precision: 50, rounding: 6, toExpNeg: -9e15, toExpPos: 9e15 })
export type Decimal = Exact

export const MODE = { up: 0, down: 1, ceiling: 2, floor: 3, halfUp: 4, halfEven: 6 } as const
export type Mode = (typeof MODE)[keyof typeof MODE]

export const DIV = '#DIV/0!'
export const VALUE = '#VALUE!'
export const NA = '#N/A'
export const NUM = '#NUM!'
export const REF = '#REF!'
export const NAME = '#NAME?'

export const ZERO = new Decimal(0)
export const ONE = new Decimal(1)
const LARGEST = new Decimal('1e300')
const SMALLEST = new Decimal('1e-300')
export const DAY_MS = 86_400_000
export const FIRST_DAY = -719_162
export const LAST_DAY = 2_932_896

/** A date without a time: days since 1970-01-01. */
export class Day {
  constructor(readonly number: number) {
    if (!(number >= FIRST_DAY && number <= LAST_DAY)) throw new Fault(NUM, 'date_out_of_range')
  }
}

/** A point in time: milliseconds since 1970-01-01 in UTC. */
export class Instant {
  constructor(readonly ms: number) {
    if (!(ms >= FIRST_DAY * DAY_MS && ms < (LAST_DAY + 1) * DAY_MS)) throw new Fault(NUM, 'date_out_of_range')
  }
}

/** A time of day: seconds since midnight; whole days fall away. */
export class Clock {
  readonly seconds: number
  constructor(total: number) {
    this.seconds = ((total % 86_400) + 86_400) % 86_400
  }
}

export type Moment = Day | Instant | Clock
export type Row = { readonly [key: string]: unknown }
export type Value = Decimal | string | boolean | null | Moment | Row | Value[]

/** An error as a value 错误值: a spreadsheet code and the reason. */
export class Failure {
  constructor(
    readonly code: string,
    readonly reason: string,
    readonly params: Readonly<Record<string, string | number>> = {},
  ) {}
}

export type Result = Value | Failure

/** Stops the evaluation of one call; becomes its failure. */
export class Fault extends Error {
  readonly failure: Failure
  constructor(code: string, reason: string, params: Record<string, string | number> = {}) {
    super(reason)
    this.failure = new Failure(code, reason, params)
  }
}

/** What a name stands for; see values.py. */
export interface Shape {
  readonly type: string
  readonly label?: string
  readonly item?: string
  readonly columns?: Scope
  readonly target?: Scope | (() => Scope | undefined)
  readonly options?: Readonly<Record<string, string>>
}
export type Scope = Readonly<Record<string, Shape>>

/** What the record engine knows: a value as a record would hold it, and its type. */
export interface Fact {
  readonly type: string
  readonly value: unknown
}

/** What an evaluation may know of the world. `now` is in milliseconds. */
/** Which days are worked: weekdays 1 (Monday) to 7, days off and make-up days by date. */
export interface WorkingDays {
  readonly weekdays: readonly number[]
  readonly holidays: Readonly<Record<string, string>>
  readonly workdays: Readonly<Record<string, string>>
}

export interface Context {
  readonly now: number
  readonly timezone: string
  readonly me?: { readonly id: string; readonly name?: string; readonly departments?: readonly string[] } | null
  readonly related?: (path: readonly string[], id: string) => Row | null | undefined
  readonly chance?: () => number | string
  readonly names?: (kind: string, id: string) => string | null | undefined
  /** The workspace's working calendar; Monday to Friday as long as it is not known. */
  readonly calendar?: WorkingDays
  /** What only the record engine knows, by the function that asks; undefined as long as it is not known. */
  readonly facts?: (name: string, args: readonly unknown[]) => Fact | undefined
}

export const isDecimal = (value: unknown): value is Decimal => Exact.isDecimal(value)
export const isMoment = (value: unknown): value is Moment =>
  value instanceof Day || value instanceof Instant || value instanceof Clock
export const isList = (value: unknown): value is Value[] => Array.isArray(value)
export const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !isList(value) && !isDecimal(value) && !isMoment(value)

/** A number of this language: 34 digits, of a size that both readers hold. */
export function decimal(value: number | string | Decimal): Decimal {
  const short = typeof value === 'string' && value.length <= 34 ? new Decimal(value) : value
  if (short instanceof Decimal && short.e > -300 && short.e < 300 && short.precision() <= 34) return short
  const found = new Decimal(value).toSignificantDigits(34, MODE.halfEven)
  if (!found.isFinite() || found.abs().gte(LARGEST)) throw new Fault(NUM, 'number_out_of_range')
  return found.abs().lt(SMALLEST) ? ZERO : found
}

/** The canonical text of a number: no exponent, no trailing zeros. */
export const plain = (value: Decimal): string => (value.isZero() ? '0' : new Decimal(value).toFixed())

/** A number as part of a text: fractions are cut to 15 significant digits as in a spreadsheet. */
export const shown = (value: Decimal): string =>
  plain(value.isInteger() ? value : value.toSignificantDigits(15, MODE.halfEven))

/** So many days as milliseconds. */
export function span(days: Decimal): number {
  const ms = new Decimal(days).times(DAY_MS).toDecimalPlaces(0, MODE.halfEven)
  if (ms.abs().gte(1e9 * DAY_MS)) throw new Fault(NUM, 'date_out_of_range')
  return ms.toNumber()
}

/** Milliseconds as days. */
export const inDays = (ms: number): Decimal => new Decimal(Math.floor(ms)).div(DAY_MS)
