import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arrived, canUndo, changed, historyOf, redone, undone } from './history'

const append = (word: string) => (draft: string[]) => void draft.push(word)

test('a hundred steps can be undone and done again', () => {
  let history = historyOf<string[]>([])
  for (let step = 0; step < 120; step += 1) history = changed(history, append(String(step)), step * 10_000)
  const full = history.present
  for (let step = 0; step < 120; step += 1) history = undone(history)
  expect(history.present).toEqual([])
  for (let step = 0; step < 120; step += 1) history = redone(history)
  expect(history.present).toEqual(full)
})

test('typing a word is one step', () => {
  const start = historyOf({ label: '' })
  const typed = ['客', '客户', '客户来源'].reduce(
    (history, text, at) => changed(history, (draft) => void (draft.label = text), at * 200, 'label'),
    start,
  )
  expect(typed.past).toHaveLength(1)
  expect(undone(typed).present).toEqual({ label: '' })
  expect(redone(undone(typed)).present).toEqual({ label: '客户来源' })
})

test('a change that changes nothing is no step', () => {
  const start = historyOf({ label: 'a' })
  expect(changed(start, (draft) => void (draft.label = 'a'), 0)).toBe(start)
})

test('a new change forgets what was undone', () => {
  const once = changed(historyOf<string[]>([]), append('a'), 0)
  expect(changed(undone(once), append('b'), 5_000).future).toEqual([])
})

test('undo takes back exactly what was done, whatever it was', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.integer())), (values) => {
      const steps = values.map((value, at) => ({ value, at: at * 10_000 }))
      let history = historyOf({ list: [] as number[] })
      for (const { value, at } of steps) history = changed(history, (draft) => void (draft.list = value), at)
      while (history.past.length > 0) history = undone(history)
      expect(history.present).toEqual({ list: [] })
    }),
  )
})

test('what somebody else did stays when own steps are undone and done again', () => {
  const named = (label: string) => (draft: { label: string; help?: string }) => void (draft.label = label)
  let history = changed(historyOf<{ label: string; help?: string }>({ label: 'a' }), named('b'), 0)
  history = changed(history, named('c'), 10_000)
  history = arrived(history, { label: 'c', help: 'theirs' }, 20_000)
  const back = undone(undone(history))
  expect(back.present).toEqual({ label: 'a', help: 'theirs' })
  expect(canUndo(back)).toBe(false)
  expect(undone(back)).toBe(back)
  expect(redone(redone(back)).present).toEqual({ label: 'c', help: 'theirs' })
})

test('undoing what somebody else has changed again leaves theirs', () => {
  const own = changed(historyOf({ label: 'a', help: '' }), (draft) => void (draft.label = 'b'), 0)
  expect(undone(arrived(own, { label: 'theirs', help: '' }, 1_000)).present).toEqual({ label: 'theirs', help: '' })
})
