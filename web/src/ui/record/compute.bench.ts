/** How long a keystroke's formulas take 公式测速: a chain of 200 over 500 fields; run by `python -m bench --only formulas`. */
import { bench, describe } from 'vitest'
import { Computer } from './compute'
import type { FormShape } from './shape'

const GIVEN = 300
const CHAIN = 200
const ref = (name: string) => ['ref', name]
const given = Array.from({ length: GIVEN }, (_, at) => ({ id: `n${at}`, type: 'number', label: `n${at}` }))
const chain = Array.from({ length: CHAIN }, (_, at) => ({
  id: `f${at}`,
  type: 'number',
  label: `f${at}`,
  formula: `f${at}`,
}))
const trees = Object.fromEntries(
  chain.map((_, at) => {
    const before = at === 0 ? ['num', '0'] : ref(`f${at - 1}`)
    const step = ['op', '+', before, ['op', '*', ref(`n${at}`), ['num', '1.05']]]
    return [`f${at}`, ['call', 'ROUND', step, ['num', '2']]]
  }),
)
const shape = { forms: {}, definition: { fields: [...given, ...chain] }, trees } as unknown as FormShape
const computer = new Computer(shape, { me: null, related: () => undefined })
const values = Object.fromEntries(given.map(({ id }, at) => [id, `${at}.25`]))
let turn = 0

describe('200 formulas over 500 fields', () => {
  bench('chain: its first link changes', () => {
    turn += 1
    computer.formulas({ ...values, n0: `${turn % 1000}.5` })
  })
  bench('last: only the last link is concerned', () => {
    turn += 1
    computer.formulas({ ...values, n199: `${turn % 1000}.5` })
  })
})
