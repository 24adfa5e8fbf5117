/** What picked records put into a form. */
import { describe, expect, it } from 'vitest'
import { driversOf } from '@/fields/parts/drivers'
import { copied } from './selecting'

const shop = (id: string, name: string, price: string) => ({ id, title: name, values: { name, price } })
const one = shop('1', 'One', '10')
const two = shop('2', 'Two', '20')

describe('copying picked records', () => {
  it('adds a row for each behind the rows that are there', () => {
    const selection = { id: 's', label: 'S', form: 'shop', into: 'lines', fill: { what: 'name', paid: 'price' } }
    const held = { lines: [{ what: 'Zero', paid: '0' }] }
    expect(copied(selection, [one, two], held).lines).toMatchObject([
      { what: 'Zero', paid: '0' },
      { what: 'One', paid: '10' },
      { what: 'Two', paid: '20' },
    ])
  })
  it('fills the record itself from the first, and blanks what is not readable', () => {
    const selection = { id: 's', label: 'S', form: 'shop', fill: { name: 'name', cost: 'cost' } }
    expect(copied(selection, [one], {})).toEqual({ name: 'One', cost: null })
    expect(copied(selection, [], {})).toEqual({})
  })
})

describe('what drives a question about another form', () => {
  it('is every field of this record that its filter names, once', () => {
    const filter = {
      all: [
        { field: 'a', op: 'eq', value: '@this.area' },
        { field: 'b', op: 'in', value: ['@this.area', '@this.kind'] },
      ],
    }
    expect(driversOf({ filter })).toEqual(['area', 'kind'])
    expect(driversOf({})).toEqual([])
  })
})
