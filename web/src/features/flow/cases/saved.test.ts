/** Saved cases say no more than they must, and come back as the plan that they were. */
import { expect, test } from 'vitest'
import type { AppDraft } from '@/ui/design/draft'
import type { Plan, Walk } from '../simulate/use-walk'
import { caseOf, casesOf, freeId, planOf } from './saved'

const NOBODY = { member: '', role: '' }

const plan: Plan = {
  of: 'contract',
  number: 0,
  initiator: { member: '', role: 'salesperson' },
  record: '',
  values: { amount: '250000', rush: false },
  moves: [
    { act: 'approve', at: 'manager', by: NOBODY, to: '', position: '', comment: '', values: { cost: null } },
    {
      act: 'transfer',
      at: 'both',
      by: { member: 'm1', role: '' },
      to: { member: 'm2', role: '' },
      position: '',
      comment: 'x',
      values: {},
    },
  ],
  at: 1,
}

const walk = {
  initiator: 'm9',
  fields: ['amount'],
  values: { amount: '7', name: 'n' },
  expect: { status: 'approved', route: ['draft', 'manager'] },
} as unknown as Walk

test('a walk becomes a case without what is blank', () => {
  const kept = caseOf('one', 'One', true, plan, walk)
  expect(kept.moves).toEqual([
    { act: 'approve', at: 'manager', values: { cost: null } },
    { act: 'transfer', at: 'both', by: { member: 'm1' }, to: { member: 'm2' }, comment: 'x' },
  ])
  expect(kept.initiator).toEqual({ role: 'salesperson' })
  expect(kept.values).toEqual({ amount: '250000', rush: false })
  expect(kept).not.toHaveProperty('blocking')
})

test('a walk on a record keeps only the values that the drawing asks about', () => {
  const kept = caseOf('one', 'One', false, { ...plan, record: 'r1', initiator: NOBODY }, walk)
  expect(kept.values).toEqual({ amount: '7' })
  expect(kept.initiator).toEqual({ member: 'm9' })
  expect(kept.blocking).toBe(false)
})

test('a case comes back as the plan that it was', () => {
  const back = planOf('contract', caseOf('one', 'One', true, plan, walk))
  expect(back.moves[0]).toEqual(plan.moves[0])
  expect(back.initiator).toEqual(plan.initiator)
  expect(back.values).toEqual(plan.values)
})

test('ids are free, and a workflow without cases has none', () => {
  expect(freeId([{ id: 'case_2', name: 'x' }])).toBe('case_3')
  expect(casesOf({ parts: {} } as unknown as AppDraft, 'contract')).toEqual([])
})
