/** What a form computes while somebody types 实时计算. */
import { expect, test } from 'vitest'
import { Computer } from './compute'
import type { FormShape } from './shape'
import { missing } from './use-record-form'

const ref = (...path: string[]) => ['ref', ...path]
const shape = {
  app: 'crm',
  form: 'order',
  version: 1,
  operations: [],
  readable: [],
  writable: [],
  forms: { customer: { name: '客户', fields: [{ id: 'level', type: 'text', label: '级别' }] } },
  definition: {
    id: 'order',
    name: '订单',
    fields: [
      { id: 'customer', type: 'reference', label: '客户', form: 'customer' },
      { id: 'level', type: 'text', label: '级别', formula: 'customer.level' },
      { id: 'weighted', type: 'number', label: '加权', decimals: 1, formula: 'amount * 0.25' },
      { id: 'amount', type: 'number', label: '金额', formula: 'SUM(lines.subtotal)' },
      {
        id: 'lines',
        type: 'subform',
        label: '明细',
        fields: [
          { id: 'price', type: 'number', label: '单价', required: true },
          { id: 'quantity', type: 'number', label: '数量', default: '1' },
          { id: 'subtotal', type: 'number', label: '小计', formula: 'price * quantity' },
        ],
      },
      { id: 'owner', type: 'member', label: '负责人', required: true, default: '@me' },
      { id: 'reason', type: 'text', label: '原因' },
    ],
    rules: [{ id: 'why', when: 'amount > 100', show: ['reason'], require: ['reason'] }],
  },
  trees: {
    'customer.level': ref('customer', 'level'),
    'amount * 0.25': ['op', '*', ref('amount'), ['num', '0.25']],
    'SUM(lines.subtotal)': ['call', 'SUM', ref('lines', 'subtotal')],
    'price * quantity': ['op', '*', ref('price'), ref('quantity')],
    'amount > 100': ['op', '>', ref('amount'), ['num', '100']],
  },
} as unknown as FormShape

const known: Record<string, Record<string, string>> = { c1: { level: 'A' } }
const computer = new Computer(shape, { me: { id: 'ann' }, related: (id) => known[id] })
const rows = [{ id: 'r1', price: '33.3', quantity: '2' }]

test('formulas lean on rows and on one another, whatever their order', () => {
  const values = computer.formulas({ lines: rows })
  expect(values.amount).toBe('66.6')
  expect(values.weighted).toBe('16.7')
})

test('a formula reads through a reference what the asker may know', () => {
  expect(computer.formulas({ customer: 'c1' }).level).toBe('A')
  expect(computer.formulas({ customer: 'unknown' }).level ?? null).toBeNull()
})

test('values that stay the same stay the same object', () => {
  const once = computer.formulas({ lines: rows, customer: 'c1' })
  expect(computer.formulas(once)).toBe(once)
})

test('a new record begins with its defaults', () => {
  expect(computer.defaults({}).owner).toBe('ann')
  expect(computer.defaults({ owner: 'bo' }).owner).toBe('bo')
})

test('a field that a rule shows is hidden until the rule holds', () => {
  expect(computer.rules({ amount: '50' }).hidden.has('reason')).toBe(true)
  const shown = computer.rules({ amount: '500' })
  expect([shown.hidden.has('reason'), shown.required.has('reason')]).toEqual([false, true])
})

test('blank required fields are told, those in rows at their place', () => {
  const values = { amount: '500', lines: [{ id: 'r1', price: null }] }
  const found = missing(shape.definition.fields ?? [], values, computer.rules(values), (label) => label)
  expect(found.map(({ path }) => path)).toEqual([['lines', 0, 'price'], ['owner'], ['reason']])
})

const chained = (count: number, step: (at: number) => unknown): FormShape => {
  const formula = (at: number) => ({ id: `f${at}`, type: 'number', label: `${at}`, formula: `f${at}` })
  const fields = Array.from({ length: count }, (_, at) => formula(count - 1 - at))
  const trees = Object.fromEntries(fields.map((_, at) => [`f${at}`, step(at)]))
  const given = { id: 'n', type: 'number', label: 'n' }
  return { ...shape, definition: { ...shape.definition, fields: [given, ...fields] }, trees } as unknown as FormShape
}

test('a long chain is followed to its end, though it stands upside down', () => {
  const up = chained(200, (at) => ['op', '+', at === 0 ? ref('n') : ref(`f${at - 1}`), ['num', '1']])
  const counting = new Computer(up, { me: null, related: () => undefined })
  expect(counting.formulas({ n: '0' }).f199).toBe('200')
  expect(counting.formulas({ n: '5' }).f199).toBe('205')
})

test('formulas that turn in a circle compute nothing, and nothing hangs', () => {
  const round = chained(3, (at) => ref(`f${(at + 1) % 3}`))
  const counting = new Computer(round, { me: null, related: () => undefined })
  expect(counting.formulas({ n: '0' })).toEqual({ n: '0' })
})

test('a change computes what reads it, and leaves the rest as it was', () => {
  const counting = new Computer(shape, { me: null, related: (id) => known[id] })
  const first = counting.formulas({ lines: rows, customer: 'c1' })
  const second = counting.formulas({ lines: rows, customer: 'unknown' })
  expect(second.lines).toBe(first.lines)
  expect([second.amount, second.level ?? null]).toEqual(['66.6', null])
  const third = counting.formulas({ lines: [...rows, { id: 'r2', price: '1', quantity: '1' }], customer: 'unknown' })
  expect([third.amount, third.weighted]).toEqual(['67.6', '16.9'])
})
