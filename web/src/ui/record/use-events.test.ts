/** What of an answer is kept 事件结果: in open fields, blank ones where only those are meant, rows in order. */
import { expect, test } from 'vitest'
import { kept } from './use-events'

const NOTHING = { met: true, blank: [], append: [], problems: [] }
const all = new Set(['name', 'note', 'lines'])

test('what is not open stays as it is', () => {
  const found = { ...NOTHING, values: { name: 'Acme', secret: 'x' } }
  expect(kept(found, {}, all)).toEqual({ name: 'Acme' })
})

test('what is meant for blank fields only leaves what somebody typed', () => {
  const found = { ...NOTHING, values: { name: 'Acme', note: 'n' }, blank: ['name', 'note'] }
  expect(kept(found, { name: 'Mine', note: '' }, all)).toEqual({ note: 'n' })
})

test('rows go behind those that are there, or take their place', () => {
  const values = { lines: [{ id: '1' }] }
  const found = { ...NOTHING, values: { lines: [{ what: 'Desk' }] } }
  expect(kept({ ...found, append: ['lines'] }, values, all)).toEqual({ lines: [{ id: '1' }, { what: 'Desk' }] })
  expect(kept(found, values, all)).toEqual({ lines: [{ what: 'Desk' }] })
})
