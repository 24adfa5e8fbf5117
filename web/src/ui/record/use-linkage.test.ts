/** Which rows are asked about 子表单联动. */
import { expect, test } from 'vitest'
import type { Values } from '@/fields/field'
import { rowQuestions } from './use-linkage'

const LINES = {
  id: 'lines',
  columns: [
    { id: 'price', by: ['product'] },
    { id: 'note', by: ['region'] },
  ],
}
const asked = (was: Parameters<typeof rowQuestions>[1], now: Parameters<typeof rowQuestions>[2]) =>
  rowQuestions(LINES, was, now).map(({ row, ids }) => [row.id, ids])

test('a new row is asked about where it is blank', () => {
  const now: Values = { region: 'n', lines: [{ id: 'a' }, { id: 'b', price: '1' }] }
  const questions = [
    ['a', ['price', 'note']],
    ['b', ['note']],
  ]
  expect(asked(null, now)).toEqual(questions)
  expect(asked({ region: 'n', lines: [] }, now)).toEqual(questions)
})

test('a row that was there is asked about when what drives it moves, in the row or around it', () => {
  const was: Values = { region: 'n', lines: [{ id: 'a', product: 'p', price: '9' }, { id: 'b' }] }
  expect(asked(was, was)).toEqual([])
  expect(asked(was, { ...was, region: 's' })).toEqual([
    ['a', ['note']],
    ['b', ['note']],
  ])
  expect(asked(was, { ...was, lines: [{ id: 'a', product: 'q', price: '9' }, { id: 'b' }] })).toEqual([
    ['a', ['price']],
  ])
})
