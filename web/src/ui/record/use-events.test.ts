/** What of an answer is kept 事件结果: in open fields, blank ones where only those are meant, rows in order. */
import { expect, test } from 'vitest'
import { kept, movedRows, withRow } from './use-events'

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

const row = { id: 'e', label: '', on: 'change' as const, fields: ['what'], fills: ['much'], rows: 'lines' }

test('a row is asked for when its column changed, not when it only moved', () => {
  const was = {
    lines: [
      { id: '1', what: 'a' },
      { id: '2', what: 'b' },
    ],
  }
  const moved = {
    lines: [
      { id: '2', what: 'b' },
      { id: '1', what: 'a' },
    ],
  }
  expect(movedRows(row, was, moved)).toEqual([])
  const changed = {
    lines: [
      { id: '2', what: 'b' },
      { id: '1', what: 'c' },
      { id: '3', what: '' },
    ],
  }
  expect(movedRows(row, was, changed)).toEqual([1])
})

test('an answer fills its own row, wherever that stands by now, and none that was changed meanwhile', () => {
  const asked = {
    lines: [
      { id: '1', what: 'a' },
      { id: '2', what: 'b' },
    ],
  }
  const found = { ...NOTHING, values: { much: '3', what: 'x' } }
  const now = {
    lines: [
      { id: '2', what: 'b' },
      { id: '1', what: 'a' },
    ],
  }
  expect(withRow(found, row, asked, now, 0)).toEqual({
    lines: [
      { id: '2', what: 'b' },
      { id: '1', what: 'a', much: '3' },
    ],
  })
  expect(withRow(found, row, asked, { lines: [{ id: '1', what: 'other' }] }, 0)).toBeUndefined()
  expect(withRow(found, row, asked, { lines: [] }, 0)).toBeUndefined()
})
