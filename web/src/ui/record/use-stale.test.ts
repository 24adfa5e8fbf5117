/** Which choices fall when what drives them moves 失效选项. */
import { expect, test } from 'vitest'
import type { Field, Values } from '@/fields/field'
import { cleared, moved } from './use-stale'

const CITY = { form: 'depot', field: 'name', filter: { field: 'region', op: 'eq', value: '@this.region' } }
const fields = [
  {
    id: 'way',
    type: 'choice',
    label: 'Way',
    options: [
      { id: 'road', label: 'Road' },
      { id: 'air', label: 'Air', when: 'east' },
    ],
  },
  {
    id: 'ways',
    type: 'choices',
    label: 'Ways',
    options: [
      { id: 'road', label: 'Road' },
      { id: 'air', label: 'Air', when: 'east' },
    ],
  },
  { id: 'city', type: 'choice', label: 'City', source: CITY },
  {
    id: 'lines',
    type: 'subform',
    label: 'Lines',
    fields: [{ id: 'from', type: 'choice', label: 'From', source: CITY }],
  },
] as unknown as Field[]
const lets = (text: string, values: Values) => text !== 'east' || values.region === 'east'
const east: Values = {
  region: 'east',
  way: 'air',
  ways: ['road', 'air'],
  city: 'Shanghai',
  lines: [{ id: 'a', from: 'Hangzhou' }, { id: 'b' }],
}
const west: Values = { ...east, region: 'west' }
const named = (found: { field: Field; row: string; id: string }[]) =>
  found.map(({ field, row, id }) => [field.id, row, id])

test('an own option falls with its condition, and what comes from another form is asked about', () => {
  const { gone, asked } = moved(fields, east, west, lets)
  expect(named(gone)).toEqual([
    ['way', '', 'air'],
    ['ways', '', 'air'],
  ])
  expect(named(asked)).toEqual([
    ['city', '', 'Shanghai'],
    ['from', 'a', 'Hangzhou'],
  ])
})

test('nothing falls while nothing that drives it moves, nor what was not offered before', () => {
  expect(moved(fields, east, { ...east, name: 'x' }, lets)).toEqual({ gone: [], asked: [] })
  expect(moved(fields, west, { ...west, name: 'x' }, lets).gone).toEqual([])
  expect(moved(fields, { region: 'east' }, west, lets)).toEqual({ gone: [], asked: [] })
})

test('what falls is taken away, the rest of a list and of a row stays, and so does what was chosen anew', () => {
  const { gone, asked } = moved(fields, east, west, lets)
  expect(cleared(west, [...gone, ...asked])).toEqual({
    way: null,
    ways: ['road'],
    city: null,
    lines: [{ id: 'a', from: null }, { id: 'b' }],
  })
  expect(cleared({ ...west, city: 'Chengdu' }, asked).city).toBe('Chengdu')
})
