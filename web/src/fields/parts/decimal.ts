/** Decimals as people type and read them 数字读写: kept as exact text, never as a float. */
import Decimal from 'decimal.js'
import type { Json } from '@/fields/field'
import { formatNumber } from '@/lib/format'

export interface NumberSettings {
  format?: 'plain' | 'money' | 'percent'
  decimals?: number | null
  currency?: string
  unit?: string
  thousands?: boolean
  capital?: boolean
  min?: string | null
  max?: string | null
}

const DROPPED = /[,，\s\u00a0¥￥$€£]/g
const SHAPE = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?$/

function plain(value: Decimal): string {
  return value.toFixed()
}

/** What was typed, as the text to store; what is no number stays as typed, so that nothing is lost. */
export function readNumber(text: string, settings: NumberSettings = {}): string | null {
  const bare = text.replace(DROPPED, '').replace('％', '%')
  if (bare === '') return null
  const share = bare.endsWith('%')
  const digits = share ? bare.slice(0, -1) : bare
  if (!SHAPE.test(digits)) return text.trim()
  const value = new Decimal(digits)
  return plain(share || settings.format === 'percent' ? value.dividedBy(100) : value)
}

/** The decimal in a stored value; null when there is none. */
export function decimalOf(value: Json | undefined): Decimal | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null
  try {
    return new Decimal(value)
  } catch {
    return null
  }
}

/** The stored value as one types it: 0.15 of a percent is 15. */
export function typedNumber(value: Json | undefined, settings: NumberSettings = {}): string {
  if (value === null || value === undefined) return ''
  const found = decimalOf(value)
  if (found === null) return String(value)
  return plain(settings.format === 'percent' ? found.times(100) : found)
}

/** The sign of a currency. */
export function signOf(currency = 'CNY'): string {
  const signs: Record<string, string> = { CNY: '¥', USD: '$', EUR: '€', GBP: '£', JPY: '¥', HKD: 'HK$' }
  return signs[currency] ?? `${currency} `
}

/** The stored value as one reads it: with thousands and its sign. */
export function shownNumber(value: Json | undefined, settings: NumberSettings = {}): string {
  const found = decimalOf(value)
  if (found === null) return value === null || value === undefined ? '' : String(value)
  const { format = 'plain', decimals, unit, currency } = settings
  if (format === 'percent') return `${formatNumber(plain(found.times(100)))}%`
  if (format === 'money') {
    const grouped = formatNumber(plain(found.abs()), decimals ?? 2)
    const text = settings.thousands === false ? grouped.replace(/,/g, '') : grouped
    return `${found.isNegative() && !found.isZero() ? '-' : ''}${signOf(currency)}${text}`
  }
  const grouped = formatNumber(plain(found), decimals ?? undefined)
  const text = settings.thousands === false ? grouped.replace(/,/g, '') : grouped
  return unit ? `${text} ${unit}` : text
}

/** The exact sum of what numbers there are. */
export function sumOf(values: (Json | undefined)[]): string {
  return plain(values.reduce<Decimal>((sum, value) => sum.plus(decimalOf(value) ?? 0), new Decimal(0)))
}

/** A computed number with as many digits as its field keeps, halves away from zero. */
export function fitted(settings: NumberSettings, value: Json): Json {
  const found = decimalOf(value)
  if (found === null) return null
  const { decimals, format } = settings
  const scale = decimals === undefined || decimals === null ? 8 : format === 'percent' ? decimals + 2 : decimals
  return plain(found.toDecimalPlaces(scale, Decimal.ROUND_HALF_UP))
}
