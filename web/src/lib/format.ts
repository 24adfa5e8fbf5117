/** Numbers, money and time as people read them 格式: ¥ and 万, 2026-11-23, weeks from Monday. */
import Decimal from 'decimal.js'
import { type Language, language } from '@/i18n/i18n'
import { wallClock } from './zone'

export type Numeric = number | string

/** Digits grouped by thousands, with exactly `decimals` places when given. Decimal text keeps every digit. */
export function formatNumber(value: Numeric, decimals?: number, locale: Language = language()): string {
  const places = decimals ?? Math.min(new Decimal(value).decimalPlaces(), 10)
  const options = { minimumFractionDigits: places, maximumFractionDigits: places }
  const text = new Decimal(value).toFixed(places)
  return new Intl.NumberFormat(locale, options).format(text as unknown as number)
}

/** ¥12,340.00; the currency's sign before the digits. */
export function formatMoney(value: Numeric, decimals = 2, sign = '¥'): string {
  const text = formatNumber(value, decimals)
  return text.startsWith('-') ? `-${sign}${text.slice(1)}` : `${sign}${text}`
}

/** 0.125 as 12.5%. */
export function formatPercent(share: Numeric, decimals = 1): string {
  return `${formatNumber(new Decimal(share).times(100).toString(), decimals)}%`
}

/** Short for charts and cards: ¥12.3万 in Chinese, 123K in English. */
export function formatShort(value: Numeric, locale: Language = language()): string {
  const number = Number(value)
  const steps: [number, string][] =
    locale === 'zh-CN'
      ? [
          [1e8, '亿'],
          [1e4, '万'],
        ]
      : [
          [1e9, 'B'],
          [1e6, 'M'],
          [1e3, 'K'],
        ]
  const step = steps.find(([size]) => Math.abs(number) >= size)
  if (step === undefined) return formatNumber(String(Math.round(number * 100) / 100))
  const scaled = number / step[0]
  return `${formatNumber(scaled.toFixed(Math.abs(scaled) >= 100 ? 0 : 1))}${step[1]}`
}

/** An instant as `2026-11-23`, on the workspace's clock; a day stays the day it is. */
export function formatDate(at: string | Date): string {
  if (typeof at === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(at)) return at
  return wallClock(at).slice(0, 10)
}

/** An instant as `2026-11-23 10:32`. */
export function formatTime(at: string | Date): string {
  return wallClock(at).slice(0, 16).replace('T', ' ')
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

/** An instant as seen from `now`: "3 小时前", "in 2 days"; older than a month as a date. */
export function formatAgo(at: string | Date, now: Date = new Date(), locale: Language = language()): string {
  const seconds = Math.round((new Date(at).getTime() - now.getTime()) / 1000)
  if (Number.isNaN(seconds)) return ''
  if (Math.abs(seconds) > 30 * 86_400) return formatDate(at)
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const step = STEPS.find(([, size]) => Math.abs(seconds) >= size)
  return step ? words.format(Math.trunc(seconds / step[1]), step[0]) : words.format(0, 'second')
}

const UNITS = ['B', 'KB', 'MB', 'GB']

/** Words as this language lists them: 甲、乙 or A, B. */
export function listed(words: readonly string[], locale: Language = language()): string {
  return words.join(locale === 'zh-CN' ? '、' : ', ')
}

/** A file's size: 1.4 MB. */
export function formatSize(bytes: number): string {
  const power = bytes < 1024 ? 0 : Math.min(3, Math.floor(Math.log2(bytes) / 10))
  const size = bytes / 1024 ** power
  return `${power === 0 || size >= 100 ? Math.round(size) : size.toFixed(1)} ${UNITS[power]}`
}
