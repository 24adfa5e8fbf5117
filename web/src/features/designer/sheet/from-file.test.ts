import { expect, test } from 'vitest'
import { fieldsFor, firstChoice, type Guessed } from './from-file'

const column = (index: number, heading: string, filled = 3): Guessed => ({
  index,
  heading,
  filled,
  samples: [],
  readings: [{ type: 'text', settings: { max_length: 9 } }],
})

test('columns become fields with ids of their own; what is empty or taken out is left', () => {
  const columns = [column(0, 'Name'), column(1, 'Name'), column(2, '', 0), column(3, 'Status')]
  const chosen = firstChoice(columns, (number) => `Column ${number}`)
  expect(chosen.map(({ keep }) => keep)).toEqual([true, true, false, true])
  const fields = [...fieldsFor(columns, chosen)]
  expect(fields.map(([at, { id, label }]) => [at, id, label])).toEqual([
    [0, 'name', 'Name'],
    [1, 'name_2', 'Name'],
    [3, 'status_2', 'Status'],
  ])
  expect(fields[0]?.[1]).toMatchObject({ type: 'text', max_length: 9 })
})
