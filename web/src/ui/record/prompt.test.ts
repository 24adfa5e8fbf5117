import { expect, test } from 'vitest'
import { piecesOf } from './prompt'

test('words after a submit name fields in braces; what is no field stays as it is written', () => {
  const found = piecesOf('Thanks {name}, see {nothing}!', (id) => id === 'name')
  expect(found.map(({ text, field }) => field ?? text)).toEqual(['Thanks ', 'name', ', see ', '{nothing}', '!'])
})
