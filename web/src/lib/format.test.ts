/** Numbers and time as people read them 格式的检验. */
import { expect, test } from 'vitest'
import { formatAgo, formatMoney, formatNumber, formatPercent, formatShort, formatSize } from './format'

test('a decimal text keeps every digit', () => {
  expect(formatNumber('12345678901234567.89', undefined, 'en')).toBe('12,345,678,901,234,567.89')
})

test('the minus stands before the currency', () => {
  expect(formatMoney('-1234.5')).toBe('-¥1,234.50')
})

test('a share is read as per cent', () => {
  expect(formatPercent('0.125')).toBe('12.5%')
})

test.each([
  ['zh-CN', '123456', '12.3万'],
  ['zh-CN', '250000000', '2.5亿'],
  ['en', '123456', '123K'],
  ['en', '-2500000', '-2.5M'],
  ['en', '999', '999'],
] as const)('in %s %s is short as %s', (locale, value, text) => {
  expect(formatShort(value, locale)).toBe(text)
})

test('what was yesterday is said so', () => {
  const now = new Date('2026-11-23T12:00:00Z')
  expect(formatAgo('2026-11-22T10:00:00Z', now, 'en')).toBe('yesterday')
  expect(formatAgo('2026-11-23T09:00:00Z', now, 'zh-CN')).toBe('3小时前')
})

test('a file has a size one can imagine', () => {
  expect([formatSize(512), formatSize(1_468_006), formatSize(209_715_200)]).toEqual(['512 B', '1.4 MB', '200 MB'])
})
