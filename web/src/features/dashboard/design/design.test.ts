/** What can be done to a dashboard 仪表盘修改的测试. */
import { expect, test } from 'vitest'
import type { FormShape } from '@/ui/record/shape'
import type { Dashboard, Widget } from '../definition'
import { asked, copyOf, drawnAs, footOf, freeId, newWidget, onGrid, trimmed } from './edits'
import { fieldsWithin, groupable } from './fields'
import { menuWith } from './new-dashboard'

const t = (key: string) => key
const shape = {
  app: 'crm',
  form: 'deal',
  definition: {
    id: 'deal',
    name: 'Deal',
    fields: [
      { id: 'name', type: 'text', label: 'Name' },
      { id: 'stage', type: 'choice', label: 'Stage', options: [] },
      { id: 'odds', type: 'number', label: 'Odds', format: 'percent' },
      { id: 'amount', type: 'number', label: 'Amount', format: 'money' },
      { id: 'closed', type: 'date', label: 'Closed' },
      { id: 'owner', type: 'member', label: 'Owner' },
      { id: 'customer', type: 'reference', label: 'Customer', form: 'customer' },
    ],
  },
  forms: { customer: { name: 'Customer', fields: [{ id: 'region', type: 'choice', label: 'Region', options: [] }] } },
} as unknown as FormShape
const empty: Dashboard = { id: 'one', name: 'One', widgets: [] }

test('a new widget of every kind asks something that can be drawn at once', () => {
  expect(newWidget('pie', empty, shape, {}, t).groups).toEqual([{ field: 'stage' }])
  expect(newWidget('line', empty, shape, {}, t).groups).toEqual([{ field: 'closed', unit: 'month' }])
  expect(newWidget('ranking', empty, shape, {}, t).groups).toEqual([{ field: 'owner' }])
  expect(newWidget('ratio', empty, shape, {}, t).measures).toHaveLength(2)
  expect(newWidget('target', empty, shape, {}, t).goal?.measure).toEqual({ operation: 'sum', field: 'amount' })
  expect(newWidget('records', empty, shape, {}, t).columns).toContain('name')
})

test('fields one step through a reference can be grouped by', () => {
  const ids = groupable(fieldsWithin(shape, t)).map(({ id }) => id)
  expect(ids).toContain('customer.region')
  expect(ids).not.toContain('amount')
  expect(ids).toContain('created_at')
})

test('a widget drawn another way keeps what still fits', () => {
  const bar = { ...newWidget('bar', empty, shape, {}, t), groups: [{ field: 'owner' }, { field: 'stage' }] }
  const pie = drawnAs(bar, 'pie', shape, t)
  expect(pie.groups).toEqual([{ field: 'owner' }])
  expect(drawnAs(pie, 'target', shape, t).goal).toBeDefined()
  expect(drawnAs(pie, 'ratio', shape, t).measures).toHaveLength(2)
})

test('ids are free and copies stand below', () => {
  const first = newWidget('bar', empty, shape, { y: 2, h: 5 }, t)
  const board = { ...empty, widgets: [first] }
  expect(freeId('bar', ['bar_1'])).toBe('bar_2')
  expect(footOf([first])).toBe(7)
  expect(copyOf(first, board, 'Copy')).toMatchObject({ id: 'bar_2', title: 'Copy', y: 7 })
})

test('a widget never leaves the grid', () => {
  expect(onGrid({ x: 30, y: -1, w: 40, h: 1 })).toEqual({ x: 0, y: 0, w: 24, h: 3 })
  expect(onGrid({ x: 22, y: 3, w: 6, h: 4 })).toEqual({ x: 18, y: 3, w: 6, h: 4 })
})

test('moving a widget or changing its look asks no new question', () => {
  const one = newWidget('bar', empty, shape, {}, t)
  const other: Widget = { ...one, x: 4, w: 20, title: 'Other', options: { stacked: true } }
  expect(asked(one)).toEqual(asked(other))
  expect(trimmed({ ...one, sort: [], date_field: '' })).not.toHaveProperty('sort')
})

test('a new dashboard stands beside the others in the menu', () => {
  expect(menuWith([{ id: 'a', items: ['form:x'] }], 'new')).toEqual([
    { id: 'dashboards', items: ['dashboard:new'] },
    { id: 'a', items: ['form:x'] },
  ])
  expect(menuWith([{ id: 'a', items: ['dashboard:x'] }], 'new')[0]?.items).toEqual(['dashboard:x', 'dashboard:new'])
})
