/** Aggregates of a draft: begun, named, seen as forms, and found where they are used. */
import { expect, test } from 'vitest'
import type { AppDraft } from '@/ui/design/draft'
import { type Aggregate, asForm, usesOf } from '@/ui/record/aggregates'
import { draftShape } from '../design/fields'
import { groupsOf, newAggregate, over, remeasured, shapeWith } from './shape'

const t = ((key: string, params?: Record<string, unknown>) =>
  params ? `${params.field} ${params.operation}` : key.replace('dashboard.', '')) as never

const move = {
  id: 'move',
  name: 'Move',
  fields: [
    { id: 'day', type: 'date', label: 'Day' },
    { id: 'kind', type: 'choice', label: 'Kind', options: [{ id: 'in', label: 'In' }] },
    {
      id: 'lines',
      type: 'subform',
      label: 'Lines',
      fields: [
        { id: 'ware', type: 'reference', label: 'Ware', form: 'ware' },
        { id: 'pieces', type: 'number', label: 'Pieces' },
      ],
    },
  ],
}
const order = {
  id: 'order',
  name: 'Order',
  fields: [{ id: 'have', type: 'number', label: 'Have', linkage: { aggregate: 'stock', field: 'pieces' } }],
  selections: [{ id: 'pick', label: 'From stock', aggregate: 'stock', fill: {} }],
}
const draft = { parts: { 'forms/move': move, 'forms/order': order, app: {} } } as unknown as AppDraft
const shape = draftShape('crm', draft, 'move')
if (shape === undefined) throw new Error('no shape')

test('a new aggregate begins with a choice and a count', () => {
  const made = newAggregate('a', 'A', shape, t)
  expect(made.groups).toEqual([{ id: 'kind', field: 'kind', label: 'Kind' }])
  expect(made.measures).toEqual([{ id: 'count', operation: 'count', label: 'op_count' }])
})

test('over rows it begins with what the rows point to, and offers their columns by path', () => {
  const made = over({ id: 'a', name: 'A', form: 'move', rows: 'lines' }, shape, t)
  expect(made.groups).toEqual([{ id: 'ware', field: 'lines.ware', label: 'Ware' }])
  expect(groupsOf(shapeWith(shape, 'lines'), t).map(({ id }) => id)).toContain('day')
})

test('a measure is called by what it measures until it is named by hand', () => {
  const rows = shapeWith(shape, 'lines')
  const count = { id: 'count', operation: 'count', label: 'op_count' } as const
  const sum = remeasured(count, { operation: 'sum', field: 'lines.pieces' }, rows, t)
  expect(sum.label).toBe('Pieces op_sum')
  expect(remeasured({ ...sum, label: 'Total' }, { operation: 'max' }, rows, t).label).toBe('Total')
})

test('an aggregate is a form whose fields are its columns', () => {
  const stock: Aggregate = {
    id: 'stock',
    name: 'Stock',
    form: 'move',
    rows: 'lines',
    groups: [
      { id: 'ware', field: 'lines.ware' },
      { id: 'month', field: 'day', unit: 'month', label: 'Month' },
    ],
    measures: [
      { id: 'pieces', operation: 'sum', field: 'lines.pieces' },
      { id: 'last', operation: 'max', field: 'day', label: 'Last' },
    ],
  }
  const fields = asForm(stock, [move, order] as never).fields
  expect(fields.map(({ id, type, label }) => [id, type, label])).toEqual([
    ['ware', 'reference', 'Ware'],
    ['month', 'text', 'Month'],
    ['pieces', 'number', 'Pieces'],
    ['last', 'date', 'Last'],
  ])
})

test('where an aggregate is used is told by form, field and button', () => {
  expect(usesOf(draft, 'stock')).toEqual(['Order › Have', 'Order › From stock'])
  expect(usesOf(draft, 'other')).toEqual([])
})
