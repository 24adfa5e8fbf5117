/** Filters as data 筛选条件. */
import { expect, test } from 'vitest'
import {
  asGroup,
  both,
  type Condition,
  cleaned,
  countOf,
  editable,
  type Filter,
  parseFilter,
  readCondition,
  withOperator,
} from './filter'
import { pointedAt } from './use-filter-names'

const won: Filter = { field: 'stage', op: 'in', value: ['won'] }
const blank: Filter = { field: 'name', op: 'contains' }

test('a condition without an operand asks nothing', () => {
  expect(cleaned({ all: [won, blank] })).toEqual(won)
  expect(cleaned({ all: [blank, { any: [] }] })).toBeNull()
})

test('zero and no are operands, and emptiness needs none', () => {
  expect(cleaned({ field: 'amount', op: 'eq', value: 0 })).not.toBeNull()
  expect(cleaned({ field: 'active', op: 'eq', value: false })).not.toBeNull()
  expect(cleaned({ field: 'name', op: 'empty' })).not.toBeNull()
})

test('the view and the person ask at once', () => {
  expect(both(won, null, { all: [] })).toEqual(won)
  expect(both(won, { field: 'name', op: 'empty' })).toEqual({ all: [won, { field: 'name', op: 'empty' }] })
})

test('any filter can be edited as a group', () => {
  expect(asGroup(won)).toEqual({ all: [won] })
  expect(countOf({ any: [won, { all: [won, blank] }] })).toBe(3)
})

test('what anybody may have written in an address is read without trust', () => {
  expect(parseFilter({ all: [won] })).toEqual({ all: [won] })
  for (const raw of ['x', 7, null, { all: ['x'] }, { field: 1, op: 'eq' }]) expect(parseFilter(raw)).toBeNull()
})

test('a filter nested without end is refused', () => {
  let deep: unknown = won
  for (let at = 0; at < 9; at += 1) deep = { all: [deep] }
  expect(parseFilter(deep)).toBeNull()
})

test('one value asked of options is edited as a list of one', () => {
  const field = { id: 'owner', type: 'member', label: '负责人' }
  expect(editable({ field: 'owner', op: 'eq', value: '@me' }, field)).toEqual({
    field: 'owner',
    op: 'in',
    value: ['@me'],
  })
})

test('an operand stays where the next operator understands it', () => {
  expect(withOperator({ field: 'amount', op: 'gt', value: '5' }, 'le')).toEqual({
    field: 'amount',
    op: 'le',
    value: '5',
  })
  expect(withOperator({ field: 'amount', op: 'gt', value: '5' }, 'between')).toEqual({ field: 'amount', op: 'between' })
  expect(withOperator({ field: 'amount', op: 'gt', value: '5' }, 'empty')).toEqual({ field: 'amount', op: 'empty' })
})

test('ids are read by the names that are known, and those that move by their words', () => {
  const fields = [
    { id: 'owner', type: 'member', label: '负责人' },
    { id: 'customer', type: 'reference', label: '客户', form: 'customer' },
  ]
  const nameOf = (id: string) => ({ m1: '销售小王', c1: '华信' })[id] ?? '…'
  const word = (key: string) => key.replace('record.op_', '')
  const read = (condition: Condition) => readCondition(condition, fields, word as never, nameOf)
  expect(read({ field: 'owner', op: 'eq', value: 'm1' })).toBe('负责人 eq 销售小王')
  expect(read({ field: 'owner', op: 'in', value: ['@me', 'm1'] })).not.toContain('@')
  expect(read({ field: 'customer', op: 'eq', value: 'c1' })).toBe('客户 eq 华信')
  const asked = {
    all: [{ field: 'owner', op: 'eq', value: 'm1' }, { any: [{ field: 'customer', op: 'eq', value: 'c1' }] }],
  }
  expect([...pointedAt(asked, fields)]).toEqual([['customer', ['c1']]])
})

test('of days and times it is later and earlier, not greater and less', () => {
  const word = (key: string) => key.replace('record.op_', '')
  for (const [type, value] of [
    ['date', '2026-11-01'],
    ['time', '08:00'],
  ]) {
    const fields = [{ id: 'at', type: String(type), label: '时间' }]
    expect(readCondition({ field: 'at', op: 'gt', value: String(value) }, fields, word as never, String)).toContain(
      'time_gt',
    )
  }
  const price = [{ id: 'price', type: 'number', label: '价' }]
  expect(readCondition({ field: 'price', op: 'gt', value: '1' }, price, word as never, String)).toContain('价 gt')
})
