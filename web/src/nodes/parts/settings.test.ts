/** The pure parts of node settings 节点设置的纯函数测试. */
import { expect, test } from 'vitest'
import type { Field } from '@/fields/field'
import { t } from '@/i18n/i18n'
import type { NodeSurroundings } from '../node'
import { accessCounts, accessRows, withAccess } from './access-matrix'
import { newRule, ruleInWords, ruleOf } from './assignee'
import { readSpan, writeSpan } from './span'

const fields = [
  { id: 'amount', label: '金额', type: 'number' },
  { id: 'total', label: '合计', type: 'number', formula: 'amount * 2' },
  { id: 'lines', label: '明细', type: 'subform', fields: [{ id: 'price', label: '单价', type: 'number' }] },
] as unknown as Field[]

const context = {
  members: [{ id: 'm1', name: '张三' }],
  roles: [],
  departments: [{ id: 'd1', name: '销售部' }],
  fields,
  nodes: [{ id: 'lead', type: 'x', label: '主管审批' }],
} as unknown as NodeSurroundings

test.each([
  ['P2D', { count: 2, unit: 'days', before: false }],
  ['-PT30M', { count: 30, unit: 'minutes', before: true }],
  ['P1W', { count: 7, unit: 'days', before: false }],
  ['P1DT12H', { count: 36, unit: 'hours', before: false }],
])('the span %s is read in its largest whole unit', (text, span) => {
  expect(readSpan(text)).toEqual(span)
})

test('a span is written as it is read', () => {
  expect(writeSpan({ count: 3, unit: 'hours', before: true })).toBe('-PT3H')
  expect(readSpan('tomorrow')).toBeNull()
})

test('columns of a subform have rows of their own', () => {
  expect(accessRows(fields).map(({ id, fixed }) => [id, fixed])).toEqual([
    ['amount', false],
    ['total', true],
    ['lines', false],
    ['lines.price', false],
  ])
})

test('setting a whole column leaves alone what nobody writes', () => {
  const rows = accessRows(fields)
  expect(withAccess({}, rows, 'required')).toEqual({ amount: 'required', lines: 'required', 'lines.price': 'required' })
  expect(withAccess({ amount: 'edit' }, rows, '')).toBeUndefined()
  expect(accessCounts({ a: 'edit', b: 'hidden', c: 'edit' })).toEqual([
    ['hidden', 1],
    ['edit', 2],
  ])
})

test('every rule is told in words', () => {
  expect(ruleInWords({ member: 'm1' }, context, t)).toBe('张三')
  expect(ruleInWords({ superior_chain: 'initiator', levels: 2 }, context, t)).toContain('2')
  expect(ruleInWords({ department: 'd1', below: true }, context, t)).toContain('销售部')
  expect(ruleInWords({ handler_of: 'lead' }, context, t)).toContain('主管审批')
  expect(ruleInWords({ role: 'x', round_robin: true }, context, t)).toContain('x')
  expect(ruleOf(newRule('previous_handler', context, t))).toBe('previous_handler')
})
