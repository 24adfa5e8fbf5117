/** Rows and expressions say the same 条件两种写法的测试. */
import { expect, test } from 'vitest'
import type { Field } from '@/fields/field'
import type { Filter } from '@/ui/record/filter'
import { expressionOf, rowsOf } from './condition'

const fields = [
  { id: 'amount', label: '金额', type: 'number' },
  { id: 'kind', label: '类型', type: 'choice', options: [] },
  { id: 'tags', label: '标签', type: 'choices', options: [] },
  { id: 'name', label: '名称', type: 'text' },
  { id: 'signed', label: '签订', type: 'date' },
  { id: 'urgent', label: '加急', type: 'boolean' },
] as unknown as Field[]

const num = (text: string) => ['num', text]
const ref = (id: string) => ['ref', id]

const pairs: [string, Filter, string, unknown][] = [
  ['a number', { field: 'amount', op: 'gt', value: '100' }, 'amount > 100', ['op', '>', ref('amount'), num('100')]],
  [
    'a range',
    { field: 'amount', op: 'between', value: ['1', '9'] },
    'AND(amount >= 1, amount <= 9)',
    ['call', 'AND', ['op', '>=', ref('amount'), num('1')], ['op', '<=', ref('amount'), num('9')]],
  ],
  [
    'one option of several',
    { field: 'kind', op: 'in', value: ['a', 'b'] },
    'OR(kind = "a", kind = "b")',
    ['call', 'OR', ['op', '=', ref('kind'), ['lit', 'a']], ['op', '=', ref('kind'), ['lit', 'b']]],
  ],
  [
    'none of a list',
    { field: 'tags', op: 'has_none', value: ['x'] },
    'NOT(CONTAINS(tags, "x"))',
    ['call', 'NOT', ['call', 'CONTAINS', ref('tags'), ['lit', 'x']]],
  ],
  [
    'a text with quotes',
    { field: 'name', op: 'contains', value: 'a"b' },
    'CONTAINS(name, "a""b")',
    ['call', 'CONTAINS', ref('name'), ['lit', 'a"b']],
  ],
  [
    'a day',
    { field: 'signed', op: 'ge', value: '2026-03-01' },
    'signed >= DATE(2026, 3, 1)',
    ['op', '>=', ref('signed'), ['call', 'DATE', num('2026'), num('3'), num('1')]],
  ],
  [
    'nothing there',
    { field: 'name', op: 'not_empty' },
    'NOT(ISEMPTY(name))',
    ['call', 'NOT', ['call', 'ISEMPTY', ref('name')]],
  ],
  ['yes', { field: 'urgent', op: 'eq', value: true }, 'urgent = TRUE', ['op', '=', ref('urgent'), ['lit', true]]],
]

test.each(pairs)('%s is said both ways', (_, rows, text, tree) => {
  expect(expressionOf(rows, fields)).toBe(text)
  expect(rowsOf(tree, fields)).toEqual(rows)
})

test('groups keep their shape', () => {
  const filter: Filter = {
    all: [
      { field: 'amount', op: 'gt', value: '5' },
      {
        any: [
          { field: 'name', op: 'empty' },
          { field: 'amount', op: 'lt', value: '9' },
        ],
      },
    ],
  }
  expect(expressionOf(filter, fields)).toBe('AND(amount > 5, OR(ISEMPTY(name), amount < 9))')
})

test('what rows cannot say stays an expression', () => {
  expect(rowsOf(['op', '>', ['call', 'SUM', ref('lines')], num('1')], fields)).toBeNull()
  expect(rowsOf(['op', '>', ref('amount'), ref('limit')], fields)).toBeNull()
  expect(rowsOf(['op', '>', ['ref', 'customer', 'level'], num('1')], fields)).toBeNull()
})

test('rows that ask nothing yet are an empty expression', () => {
  expect(expressionOf({ all: [{ field: 'amount', op: 'gt' }] }, fields)).toBe('')
  expect(expressionOf({ field: 'gone', op: 'empty' }, fields)).toBeNull()
})
