/** A long form in pieces 分步填写. */
import { expect, test } from 'vitest'
import { placeIn, stepsOf, stepWith } from './paging'
import type { FormDefinition } from './shape'

const text = (id: string) => ({ id, type: 'text', label: id.toUpperCase() })
const form = (paging: 'page' | 'steps' | 'questions'): FormDefinition => ({
  id: 'visit',
  name: 'Visit',
  fields: [text('name'), { id: 'line', type: 'divider', label: 'More' }, text('phone'), text('need'), text('when')],
  sections: [
    { id: 'who', label: 'Who', fields: ['name', 'line', 'phone'] },
    { id: 'what', label: 'What', fields: ['need', 'when'] },
  ],
  skin: { paging },
})
const ids = (paging: 'page' | 'steps' | 'questions', ...hidden: string[]) =>
  stepsOf(form(paging), new Set(hidden)).map((step) => [step.id, step.fields.map(({ id }) => id)])

test('a form without steps is one', () => {
  expect(ids('page')).toEqual([['', ['name', 'line', 'phone', 'need', 'when']]])
})

test('every section is a step, and a hidden one is passed over', () => {
  expect(ids('steps')).toEqual([
    ['who', ['name', 'line', 'phone']],
    ['what', ['need', 'when']],
  ])
  expect(ids('steps', 'need', 'when')).toEqual([['who', ['name', 'line', 'phone']]])
})

test('every question is a step, with what stands before it', () => {
  expect(ids('questions', 'need')).toEqual([
    ['name', ['name']],
    ['phone', ['line', 'phone']],
    ['when', ['when']],
  ])
})

test('a step that rules took away leaves one at its place', () => {
  const steps = stepsOf(form('questions'), new Set(['when']))
  expect(placeIn(steps, 'need', 0)).toBe(2)
  expect(placeIn(steps, 'when', 3)).toBe(2)
  expect(stepWith(steps, new Set(['phone']))).toBe(1)
})
