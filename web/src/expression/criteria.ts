/** Reads the criteria of COUNTIF and its family 条件文本; the twin of criteria.py. */

import { isBlank, readNumber, toText } from './coerce'
import { readMoment, strip } from './dates'
import { compare } from './operators'
import { type Context, type Decimal, Fault, isDecimal, isMoment, type Value } from './values'

const LONGEST_PATTERN = 200
type Test = (value: Value) => boolean
const ORDERS: Readonly<Record<string, (found: number) => boolean>> = {
  '=': (found) => found === 0,
  '<>': (found) => found !== 0,
  '<': (found) => found < 0,
  '<=': (found) => found <= 0,
  '>': (found) => found > 0,
  '>=': (found) => found >= 0,
}

interface Wanted {
  readonly sign: string
  readonly operand: string
  readonly number: Decimal | null
  readonly moment: Value
  readonly like: ((text: string) => boolean) | null
}

/** The test that a criterion asks of a value. */
export function criterion(wanted: Value, at: Context): Test {
  if (typeof wanted !== 'string') {
    return (value) => (wanted === null ? isBlank(value) : !isBlank(value) && compare(value, wanted, at) === 0)
  }
  const found = /^\s*(<>|<=|>=|=|<|>)?(.*)$/su.exec(wanted)
  const sign = found?.[1] ?? '='
  const operand = found?.[2] ?? ''
  if (operand === '') return ofBlank(sign)
  const like = sign === '=' || sign === '<>' ? matcher(operand) : null
  const asked = { sign, operand, number: readNumber(operand), moment: moment(operand, at), like }
  return (value) => holds(value, asked, at)
}

function ofBlank(sign: string): Test {
  if (sign === '=') return isBlank
  return sign === '<>' ? (value) => !isBlank(value) : () => false
}

function moment(text: string, at: Context): Value {
  try {
    return readMoment(text, at)
  } catch (error) {
    if (error instanceof Fault) return null
    throw error
  }
}

const ordered = (sign: string, found: number): boolean => ORDERS[sign]?.(found) ?? false

function holds(value: Value, wanted: Wanted, at: Context): boolean {
  const { sign, operand, number, like } = wanted
  const other = sign === '<>'
  if (isBlank(value)) return other
  if (isDecimal(value)) return number === null ? other : ordered(sign, compare(value, number, at) ?? 0)
  if (isMoment(value)) {
    const found = wanted.moment === null ? null : compare(value, wanted.moment, at)
    return found === null ? other : ordered(sign, found)
  }
  if (typeof value === 'boolean') {
    const same = toText(value, at) === strip(operand).toUpperCase()
    return sign === '=' ? same : other && !same
  }
  if (typeof value !== 'string') return other
  if (like !== null) {
    const written = number === null ? null : readNumber(value)
    const same = like(value) || (written !== null && number !== null && written.eq(number))
    return same !== other
  }
  return number === null && ordered(sign, compare(value, operand, at) ?? 0)
}

function matcher(operand: string): (text: string) => boolean {
  const pieces = operand.match(/~[*?~]|[\s\S]/gu) ?? []
  if (pieces.length > LONGEST_PATTERN || !pieces.some((piece) => piece === '*' || piece === '?')) {
    const wanted = pieces.map(last).join('')
    return (text) => text === wanted
  }
  return (text) => isLike([...text], pieces)
}

const last = (piece: string): string => [...piece].at(-1) ?? ''

/** Whether a text has the pattern's shape; goes back only to the last *, so it never takes long. */
function isLike(text: readonly string[], pieces: readonly string[]): boolean {
  let place = 0
  let at = 0
  let star = -1
  let kept = 0
  while (place < text.length) {
    const piece = pieces[at]
    if (piece === '*') {
      star = at
      kept = place
      at += 1
    } else if (piece !== undefined && (piece === '?' || last(piece) === text[place])) {
      place += 1
      at += 1
    } else if (star >= 0) {
      kept += 1
      place = kept
      at = star + 1
    } else {
      return false
    }
  }
  return pieces.slice(at).every((piece) => piece === '*')
}
