/** Small truths of the workspace 工作区的检验. */
import { expect, test } from 'vitest'
import { daysLeft } from '@/api/session'
import { initials } from '@/ui/avatar'
import { safeNext } from './next'
import { below, treeOf } from './settings/tree'

const department = (id: string, parent = '') => ({ id, name: id, parent, heads: [] })

test('a department whose parent is gone stands at the top', () => {
  const tree = treeOf([department('a'), department('b', 'a'), department('c', 'gone')])
  expect(tree.map(({ id }) => id)).toEqual(['a', 'c'])
  expect(tree[0]?.children?.map(({ id }) => id)).toEqual(['b'])
})

test('a department may not be moved below itself', () => {
  const all = [department('a'), department('b', 'a'), department('c', 'b'), department('d')]
  expect([...below(all, 'a')].sort()).toEqual(['a', 'b', 'c'])
})

test.each([
  ['/app/crm/form/customer', '/app/crm/form/customer'],
  ['//evil.example', '/home'],
  ['https://evil.example', '/home'],
  ['/\\evil.example', '/home'],
  [undefined, '/home'],
])('after signing in, %s leads to %s', (next, place) => {
  expect(safeNext(next, '/home')).toBe(place)
})

test('the last day of a trial counts as one', () => {
  expect(daysLeft('2026-11-24T00:00:00Z', new Date('2026-11-23T12:00:00Z'))).toBe(1)
  expect(daysLeft('2026-11-22T00:00:00Z', new Date('2026-11-23T12:00:00Z'))).toBe(0)
})

test('a Chinese name is known by its given name, a Latin one by its initials', () => {
  expect([initials('王小明'), initials('Ada Lovelace'), initials('Chen (you)')]).toEqual(['小明', 'AL', 'C'])
})
