import { expect, test } from 'vitest'
import { accessOf, withAccess } from './access'

const ALL = ['name', 'amount', 'lines', 'lines.cost']

test('a group without lists may edit every field', () => {
  expect(ALL.map((path) => accessOf({}, path))).toEqual(['edit', 'edit', 'edit', 'edit'])
})

test('a hidden field hides its columns', () => {
  const group = withAccess({}, ALL, ['lines'], 'hidden')
  expect(group).toEqual({ read: undefined, write: undefined, hide: ['lines'] })
  expect(accessOf(group, 'lines.cost')).toBe('hidden')
})

test('a column can be hidden by itself', () => {
  expect(withAccess({}, ALL, ['lines.cost'], 'hidden').hide).toEqual(['lines.cost'])
})

test('a read-only field leaves the others writable', () => {
  const group = withAccess({}, ALL, ['amount'], 'read')
  expect(group.write).toEqual(['name', 'lines'])
  expect(ALL.map((path) => accessOf(group, path))).toEqual(['edit', 'read', 'edit', 'edit'])
})

test('a list of readable fields is understood and written as hidden ones', () => {
  const group = withAccess({ read: ['name', 'amount'] }, ALL, ['amount'], 'read')
  expect(group).toEqual({ read: undefined, write: ['name'], hide: ['lines'] })
})
