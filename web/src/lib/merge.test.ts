import fc from 'fast-check'
import { expect, test } from 'vitest'
import { merged, same } from './merge'

const field = (id: string, more: object = {}) => ({ id, type: 'text', label: id, ...more })
const form = { name: '客户', fields: [field('a'), field('b'), field('c')] }
const ids = (value: { fields: { id: string }[] }) => value.fields.map(({ id }) => id).join('')
const list = (text: string) => ({ fields: [...text].map((id) => field(id)) })
const order = (base: string, mine: string, theirs: string) =>
  ids(merged(list(base), list(mine), list(theirs), 'mine').value)

test('changes of different fields come together', () => {
  const mine = { ...form, fields: [field('a', { label: '甲' }), field('b'), field('c')] }
  const theirs = {
    ...form,
    name: '顾客',
    fields: [field('a', { required: true }), field('b', { label: '乙' }), field('c')],
  }
  const { value, clashes } = merged(form, mine, theirs, 'mine')
  expect(clashes).toEqual([])
  expect(value).toEqual({
    name: '顾客',
    fields: [field('a', { label: '甲', required: true }), field('b', { label: '乙' }), field('c')],
  })
})

test('fields that either put in stay where they were put', () => {
  expect(order('abc', 'axbc', 'abcy')).toBe('axbcy')
  expect(order('abc', 'xabc', 'abyc')).toBe('xabyc')
})

test('one may move what the other leaves in place', () => {
  expect(order('abc', 'cab', 'abcy')).toBe('cyab')
  expect(order('abc', 'abcx', 'bca')).toBe('bcxa')
})

test('what one took away stays away unless the other worked on it', () => {
  expect(order('abc', 'ac', 'abc')).toBe('ac')
  const worked = { fields: [field('a'), field('b', { label: '乙' })] }
  const { value, clashes } = merged(list('ab'), list('a'), worked, 'mine')
  expect(ids(value)).toBe('a')
  expect(clashes).toEqual([['fields', 'b']])
  expect(ids(merged(list('ab'), list('a'), worked, 'theirs').value)).toBe('ab')
})

test('the same thing changed otherwise is told, and the preferred side taken', () => {
  const mine = { ...form, name: '我的' }
  const theirs = { ...form, name: '对方的', description: '说明' }
  expect(merged(form, mine, theirs, 'mine')).toEqual({ value: { ...theirs, name: '我的' }, clashes: [['name']] })
  expect(merged(form, mine, theirs, 'theirs').value).toEqual(theirs)
})

test('lists whose entries nothing tells apart are taken whole', () => {
  const { value, clashes } = merged({ at: [1, 2] }, { at: [1, 3] }, { at: [4, 2] }, 'mine')
  expect(value).toEqual({ at: [1, 3] })
  expect(clashes).toEqual([['at']])
})

const anything = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.oneof(fc.integer(), fc.array(fc.integer())))

test('whoever changed nothing takes everything from the other', () => {
  fc.assert(
    fc.property(anything, anything, (base, changed) => {
      expect(same(merged(base, base, changed, 'mine').value, changed)).toBe(true)
      expect(same(merged(base, changed, base, 'theirs').value, changed)).toBe(true)
      expect(merged(base, changed, changed, 'theirs').clashes).toEqual([])
    }),
  )
})
