/** Functions over text 文本函数; places and lengths count code points, from 1; the twin of text.py and search.py. */

import { flat, isBlank, kind, toText, whole } from '../coerce'
import { MAX_TEXT } from '../operators'
import { type Context, Decimal, Fault, isDecimal, isRow, plain, VALUE, type Value } from '../values'
import type { Maybe, Works } from '../work'

const tooLarge = (): Fault => new Fault(VALUE, 'result_too_large', { limit: MAX_TEXT })

function bounded(text: string): string {
  if (text.length > MAX_TEXT) throw tooLarge()
  return text
}

/** A count or place among the arguments. */
function countOf(number: Maybe<Decimal>, standard: number, least = 0): number {
  const found = number ? whole(number) : standard
  if (found < least) throw new Fault(VALUE, 'number_too_small', { found, least })
  return found
}

/** The values as one text with a separator between them; too large a text is never built. */
function join(at: Context, values: readonly Value[], separator: string): string {
  const pieces: string[] = []
  let length = -separator.length
  for (const value of values) {
    const piece = toText(value, at)
    length += piece.length + separator.length
    if (length > MAX_TEXT) throw tooLarge()
    pieces.push(piece)
  }
  return pieces.join(separator)
}

const concatenate = (at: Context, ...values: Value[]): string => join(at, flat(values), '')

function find(what: string, text: string, start: Maybe<Decimal>): Decimal {
  const first = countOf(start, 1, 1) - 1
  const letters = [...text]
  const before = letters.slice(0, first).join('')
  const place = first > letters.length ? -1 : text.indexOf(what, before.length)
  if (place < 0) throw new Fault(VALUE, 'not_found', { found: what.slice(0, 40) })
  return new Decimal([...text.slice(0, place)].length + 1)
}

/** The text in small letters, as long as before. */
const folded = (text: string): string =>
  [...text].map((letter) => ([...letter.toLowerCase()].length === 1 ? letter.toLowerCase() : letter)).join('')

function replace(_at: Context, text: string, start: Decimal, count: Decimal, fresh: string): string {
  const letters = [...text]
  const first = countOf(start, 1, 1) - 1
  const rest = letters.slice(first + countOf(count, 0)).join('')
  return bounded(letters.slice(0, first).join('') + fresh + rest)
}

function substitute(_at: Context, text: string, old: string, fresh: string, which?: Maybe<Decimal>): string {
  if (!old) return text
  const pieces = text.split(old)
  if (!which) {
    if ((pieces.length - 1) * fresh.length > MAX_TEXT) throw tooLarge()
    return bounded(pieces.join(fresh))
  }
  const nth = countOf(which, 1, 1)
  if (nth >= pieces.length) return text
  return bounded(pieces.slice(0, nth).join(old) + fresh + pieces.slice(nth).join(old))
}

function rept(_at: Context, text: string, count: Decimal): string {
  const times = countOf(count, 0)
  if (times * text.length > MAX_TEXT) throw tooLarge()
  return text.repeat(times)
}

function char(_at: Context, code: Decimal): string {
  const number = whole(code)
  if (number < 1 || number > 0x10ffff || (number >= 0xd800 && number <= 0xdfff)) {
    throw new Fault(VALUE, 'no_such_character', { found: String(number) })
  }
  return String.fromCodePoint(number)
}

function code(_at: Context, text: string): Decimal {
  if (!text) throw new Fault(VALUE, 'text_is_empty')
  return new Decimal(text.codePointAt(0) ?? 0)
}

function split(_at: Context, text: string, separator: string): string[] {
  if (!text) return []
  return separator ? text.split(separator) : [...text]
}

/** The items of all lists, each once; blanks are skipped. */
export function union(lists: readonly Value[]): Value[] {
  const seen = new Set<string>()
  return flat(lists).filter((item) => {
    if (item === null || isRow(item)) return false
    const key = `${kind(item)}:${isDecimal(item) ? plain(item) : JSON.stringify(item)}`
    return !seen.has(key) && seen.add(key) !== undefined
  })
}

export const works: Works = {
  CONCATENATE: concatenate,
  CONCAT: concatenate,
  JOIN: join,
  TEXTJOIN: (at: Context, separator: string, skip: boolean, ...values: Value[]) =>
    join(
      at,
      flat(values).filter((value) => !(skip && isBlank(value))),
      separator,
    ),
  LEFT: (_at: Context, text: string, count?: Maybe<Decimal>) => [...text].slice(0, countOf(count, 1)).join(''),
  RIGHT: (_at: Context, text: string, count?: Maybe<Decimal>) => {
    const letters = [...text]
    return letters.slice(Math.max(0, letters.length - countOf(count, 1))).join('')
  },
  MID: (_at: Context, text: string, start: Decimal, count: Decimal) => {
    const first = countOf(start, 1, 1) - 1
    return [...text].slice(first, first + countOf(count, 0)).join('')
  },
  LEN: (_at: Context, text: string) => new Decimal([...text].length),
  TRIM: (_at: Context, text: string) => text.replace(/ +/g, ' ').replace(/^ | $/g, ''),
  CLEAN: (_at: Context, text: string) => [...text].filter((letter) => (letter.codePointAt(0) ?? 0) >= 32).join(''),
  UPPER: (_at: Context, text: string) => bounded(text.toUpperCase()),
  // character by character: a sigma at the end of a word is one like any other
  LOWER: (_at: Context, text: string) =>
    bounded(
      text
        .split('Σ')
        .map((part) => part.toLowerCase())
        .join('σ'),
    ),
  PROPER: (_at: Context, text: string) =>
    text.replace(/[A-Za-z]+/g, (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()),
  FIND: (_at: Context, what: string, text: string, start?: Maybe<Decimal>) => find(what, text, start),
  SEARCH: (_at: Context, what: string, text: string, start?: Maybe<Decimal>) => find(folded(what), folded(text), start),
  REPLACE: replace,
  SUBSTITUTE: substitute,
  REPT: rept,
  EXACT: (at: Context, one: Value, other: Value) => toText(one, at) === toText(other, at),
  CHAR: char,
  UNICHAR: char,
  CODE: code,
  UNICODE: code,
  SPLIT: split,
  T: (_at: Context, value: Value) => (typeof value === 'string' ? value : ''),
  STARTSWITH: (_at: Context, text: string, piece: string) => text.startsWith(piece),
  ENDSWITH: (_at: Context, text: string, piece: string) => text.endsWith(piece),
  UNION: (_at: Context, ...lists: Value[]) => union(lists),
}
