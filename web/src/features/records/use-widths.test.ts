import { describe, expect, it } from 'vitest'
import type { Field } from '@/fields/field'
import { NARROWEST, templateOf, WIDEST, widthOf, within } from './use-widths'

const columns = [
  { id: 'name', type: 'text', label: 'Name' },
  { id: 'level', type: 'text', label: 'Level' },
  { id: 'city', type: 'text', label: 'City' },
] as Field[]

describe('the widths of a list', () => {
  it('gives the room that is left to the title and the last column', () => {
    const [name, level, city] = columns.map((each) => widthOf(each, 'name'))
    expect(templateOf(columns, {}, 'name')).toBe(`44px minmax(${name}px, 1fr) ${level}px minmax(${city}px, 1fr)`)
  })

  it('keeps what was dragged, also for the title', () => {
    expect(templateOf(columns, { name: 300, city: 90 }, 'name')).toMatch(/^44px 300px \d+px 90px$/)
  })

  it('keeps them within bounds', () => {
    expect([within(1), within(99.6), within(5000)]).toEqual([NARROWEST, 100, WIDEST])
  })
})
