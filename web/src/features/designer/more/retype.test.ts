/** What of a field's settings its new type takes over 更改类型. */
import { expect, test } from 'vitest'
import type { Field } from '@/fields/field'
import { carried, fits, retype, type TypeTable } from './retype'
import { added, type RetypedField } from './retype-report'

const text = { type: 'string' }
const table: TypeTable = {
  text: {
    kind: 'text',
    becomes: [],
    settings: { properties: { max_length: { type: 'integer', minimum: 1, maximum: 2000 } } },
  },
  number: {
    kind: 'number',
    becomes: [],
    settings: { properties: { unit: text, min: { anyOf: [{ ...text, pattern: '^-?\\d+$' }, { type: 'null' }] } } },
  },
  slider: {
    kind: 'number',
    becomes: [],
    settings: { properties: { unit: text, min: { ...text, pattern: '^-?\\d+$' } } },
  },
  choice: {
    kind: 'text',
    becomes: [],
    settings: {
      $defs: { Option: { type: 'object' } },
      properties: { options: { type: 'array' }, shown_as: { ...text, enum: ['dropdown', 'radio'] } },
    },
  },
  choices: {
    kind: 'list',
    becomes: [],
    settings: { properties: { options: { type: 'array' }, shown_as: { ...text, enum: ['dropdown', 'checkbox'] } } },
  },
}

const field = (type: string, more: object = {}): Field => ({ id: 'a', label: 'A', type, ...more }) as Field

test('settings that both types know are kept, with values that the new one takes', () => {
  expect(carried(field('number', { unit: 'km', min: '1', max: '9' }), 'slider', table)).toEqual({
    unit: 'km',
    min: '1',
  })
  const options = [{ id: 'red', label: 'Red' }]
  const chosen = field('choice', { options, shown_as: 'radio' })
  expect(carried(chosen, 'choices', table)).toEqual({ options })
  expect(carried(field('text', { max_length: 9000 }), 'text', table)).toEqual({})
})

test('what means nothing any more goes, the field itself stays', () => {
  const change = retype(field('text', { required: true, unique: true, default: 'x', max_length: 9 }), 'choices', table)
  expect(change).toMatchObject({ type: 'choices', default: undefined, max_length: undefined, options: [] })
  expect('required' in change || 'label' in change).toBe(false)
  expect(change.unique).toBeUndefined()
})

test('a value fits one of several schemas', () => {
  expect(fits(null, { anyOf: [text, { type: 'null' }] }, {})).toBe(true)
  expect(fits(7, { anyOf: [text, { type: 'null' }] }, {})).toBe(false)
  expect(fits({}, { $ref: '#/$defs/Option' }, { $defs: { Option: { type: 'object' } } })).toBe(true)
})

test('parts of a report add up, the commonest value first', () => {
  const part = (words: string, count: number): RetypedField => ({
    path: 'a',
    label: 'A',
    before: 'text',
    after: 'number',
    refusal: '',
    converted: 1,
    emptied: 0,
    refused: count,
    computed: 0,
    more: 0,
    values: [{ words, count, why: '', records: [{ id: words, title: '' }] }],
  })
  const [whole] = added(added([part('x', 1)], [part('y', 2)]), [part('x', 4)])
  expect(whole?.converted).toBe(3)
  expect(whole?.refused).toBe(7)
  expect(whole?.values.map(({ words, count }) => `${words}${count}`)).toEqual(['x5', 'y2'])
})
