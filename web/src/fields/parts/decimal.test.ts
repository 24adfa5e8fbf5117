/** Numbers as people type them 数字读写. */
import { expect, test } from 'vitest'
import { fitted, readNumber, shownNumber, sumOf, typedNumber } from './decimal'

test.each([
  ['1,234.50', {}, '1234.5'],
  ['￥ 12', { format: 'money' as const }, '12'],
  ['15', { format: 'percent' as const }, '0.15'],
  ['15%', {}, '0.15'],
  ['', {}, null],
  ['12 apples', {}, '12 apples'],
  ['0.1234567890123456789', {}, '0.1234567890123456789'],
])('%s is read as it was meant', (text, settings, value) => {
  expect(readNumber(text, settings)).toBe(value)
})

test('a percent is typed as people say it', () => {
  expect(typedNumber('0.125', { format: 'percent' })).toBe('12.5')
})

test.each([
  ['1234.5', { format: 'money' as const }, '¥1,234.50'],
  ['-1234.5', { format: 'money' as const }, '-¥1,234.50'],
  ['0.15', { format: 'percent' as const, decimals: 2 }, '15%'],
  ['390', { unit: '百万', decimals: 2 }, '390.00 百万'],
  ['not a number', {}, 'not a number'],
  [null, {}, ''],
])('%s is shown with its sign', (value, settings, text) => {
  expect(shownNumber(value, settings)).toBe(text)
})

test('sums are exact', () => {
  expect(sumOf(['0.1', '0.2', null, 'x'])).toBe('0.3')
})

test('halves are rounded away from zero, and a percent keeps two digits more', () => {
  expect(fitted({ decimals: 2 }, '-2.675')).toBe('-2.68')
  expect(fitted({ decimals: 0, format: 'percent' }, '0.125')).toBe('0.13')
})
