/** What stands where in a formula being written 公式分词. */
import { expect, test } from 'vitest'
import { offersAt } from './expression-hints'
import { callAt, namesOf, parametersOf, piecesOf, unitsAt, wordAt } from './expression-tokens'

const fields = [
  { id: 'amount', label: '金额' },
  { id: 'rate', label: '税 率' },
  { id: 'lines', label: '明细', nested: [{ id: 'price', label: '单价' }] },
]
const known = namesOf(fields)
const kinds = (text: string) =>
  piecesOf(text, known)
    .filter(({ kind }) => kind !== 'blank')
    .map(({ kind, text: piece }) => `${kind} ${piece}`)
const functions = ['ROUND', 'ROUNDUP', 'SUM'].map((name) => ({
  name,
  group: 'number',
  signature: `${name}(number, [digits])`,
  meaning: 'about',
  examples: [],
}))

test('fields, functions and texts are told apart, in labels and ids, in full-width writing too', () => {
  expect(kinds('ROUND（金额 * {税 率}，2）')).toEqual([
    'function ROUND',
    'sign （',
    'field 金额',
    'sign *',
    'field {税 率}',
    'sign ，',
    'number 2',
    'sign ）',
  ])
  expect(kinds('SUM(明细.单价) & "x(y"')).toContain('field 明细.单价')
  expect(kinds('“he said ””hi””” & nobody')).toEqual(['text “he said ””hi”””', 'sign &', 'name nobody'])
})

test('the pieces joined are the text again, whatever it is', () => {
  for (const text of ['', '{', '"open', '😀 + 金额', 'a.{b c}.d(', '（（）', '1.5e3%']) {
    expect(
      piecesOf(text, known)
        .map(({ text: piece }) => piece)
        .join(''),
    ).toBe(text)
  }
})

test('the call around the caret is known with the argument being written', () => {
  expect(callAt('IF(a, ROUND(b，', 15)).toEqual({ name: 'ROUND', argument: 1 })
  expect(callAt('IF(a, ROUND(b), ', 16)).toEqual({ name: 'IF', argument: 2 })
  expect(callAt('IF("(", (1 + 2', 14)).toEqual({ name: 'IF', argument: 1 })
  expect(callAt('金额 + 1', 6)).toBeNull()
})

test('a word is offered fields and functions, the likeliest first', () => {
  expect(wordAt('1 + 金', 5)).toEqual({ word: '金', start: 4 })
  expect(offersAt('1 + 金', 5, fields, functions)?.offers.map(({ write }) => write)).toEqual(['金额'])
  expect(offersAt('rou', 3, fields, functions)?.offers.map(({ write }) => write)).toEqual(['ROUND()', 'ROUNDUP()'])
  expect(offersAt('税', 1, fields, functions)?.offers.map(({ write }) => write)).toEqual(['{税 率}'])
  expect(offersAt('单', 1, fields, functions)?.offers.map(({ write }) => write)).toEqual(['明细.单价'])
  expect(offersAt('"金', 2, fields, functions)).toBeNull()
})

test('places count characters on the server and units in the browser', () => {
  expect(unitsAt('😀金额', 1)).toBe(2)
  expect(parametersOf('LEFT(text, [count])')).toEqual(['text', '[count]'])
  expect(parametersOf('NOW()')).toEqual([])
})
