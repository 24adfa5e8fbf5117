/** Tables from a spreadsheet 粘贴表格. */
import { expect, test } from 'vitest'
import type { Field } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import { cellsOf, pasted } from './paste'

const AROUND = { members: [{ id: 'm1', name: '王安' }], departments: [], typeNamed }
const COLUMNS = [
  { id: 'name', type: 'text', label: 'Name' },
  { id: 'price', type: 'number', label: 'Price', format: 'money' },
  { id: 'kind', type: 'choice', label: 'Kind', options: [{ id: 'a', label: '甲' }] },
  { id: 'who', type: 'member', label: 'Who' },
  { id: 'day', type: 'date', label: 'Day' },
  { id: 'sum', type: 'number', label: 'Sum', formula: 'price * 2' },
] as Field[]

test('quoted cells hold breaks, tabs and quotes', () => {
  expect(cellsOf('a\t"b\nc"\t"say ""hi"""\r\nd\te\tf\n')).toEqual([
    ['a', 'b\nc', 'say "hi"'],
    ['d', 'e', 'f'],
  ])
})

test('each column reads its own texts, and what nobody types stays', () => {
  const rows = pasted(
    [],
    COLUMNS,
    { row: 0, column: 0 },
    [['板', '¥1,200.50', '甲', '王安', '2026/1/5', '9']],
    AROUND,
    () => ({ id: 'r' }),
  )
  expect(rows).toEqual([{ id: 'r', name: '板', price: '1200.5', kind: 'a', who: 'm1', day: '2026-01-05' }])
})

test('a paste begins at its cell, overwrites, and adds rows beyond the last', () => {
  let made = 0
  const fresh = () => ({ id: `n${++made}` })
  const rows = pasted(
    [{ id: 'r1', name: 'x', price: '1' }],
    COLUMNS,
    { row: 0, column: 1 },
    [['5'], ['6']],
    AROUND,
    fresh,
  )
  expect(rows).toEqual([
    { id: 'r1', name: 'x', price: '5' },
    { id: 'n1', price: '6' },
  ])
})

test('a text that a column cannot take leaves the cell as it was', () => {
  const rows = pasted(
    [{ id: 'r1', kind: 'a' }],
    COLUMNS,
    { row: 0, column: 2 },
    [['乙', '谁', 'soon']],
    AROUND,
    () => ({}),
  )
  expect(rows).toEqual([{ id: 'r1', kind: 'a' }])
})
