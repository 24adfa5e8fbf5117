/** Options from lines of text 批量编辑选项. */
import { expect, test } from 'vitest'
import { choosable, newOptionId, optionsFromLines } from './options'

const before = [
  { id: 'web', label: '官网', color: 'blue' as const },
  { id: 'fair', label: '展会', color: 'red' as const },
]

test('a label that stays keeps its id and hue', () => {
  expect(optionsFromLines('展会\n官网', before)).toEqual([before[1], before[0]])
})

test('a new label gets an id that nobody holds', () => {
  const made = optionsFromLines('官网\n介绍\n朋友', before)
  expect(new Set(made.map(({ id }) => id)).size).toBe(3)
  expect(made.every(({ id }) => /^[a-z0-9][a-z0-9_]*$/.test(id))).toBe(true)
})

test('a Latin label becomes a readable id', () => {
  expect(newOptionId('Trade fair!', [])).toBe('trade_fair')
})

test('a retired option is offered only where it is held', () => {
  const options = [{ id: 'old', label: '旧', retired: true }, ...before]
  expect(choosable(options, []).map(({ id }) => id)).toEqual(['web', 'fair'])
  expect(choosable(options, ['old'])).toHaveLength(3)
})
