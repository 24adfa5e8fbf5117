/** The pure parts of the task centre 流程中心的纯函数测试. */
import { expect, test } from 'vitest'
import { barOf, isOpen, leaves, mayFill, needsAsking } from './actions'
import { portions } from './batch'
import { boxNamed, nextAfter, sentBackBy, stepFrom, type TaskCard } from './cards'
import { conditionsIn, narrowed } from './narrowing'

const card = (id: string, more: Partial<TaskCard> = {}): TaskCard =>
  ({
    id,
    form: 'contract',
    form_name: '合同',
    title: `Contract ${id}`,
    initiator: 'p1',
    summary: [],
    ...more,
  }) as TaskCard

const cards = [
  card('a'),
  card('b', { form: 'leave', form_name: '请假', initiator: 'p2' }),
  card('c', { summary: [{ label: '客户', value: '上海福安' }] }),
]
test('the address asks the server: days become instants, both included', () => {
  const asked = narrowed({ form: 'crm.contract', from: '2026-03-01', until: '2026-03-01', late: '1', q: ' 华信 ' })
  expect(asked).toMatchObject({ form: 'crm.contract', overdue: true, text: '华信', node: '' })
  const span = new Date(asked.until ?? 0).getTime() - new Date(asked.since ?? 0).getTime()
  expect(span).toBe(86_400_000)
  expect(narrowed({ from: 'nonsense' }).since).toBeUndefined()
})

test('conditions are counted, a period once', () => {
  expect(conditionsIn({})).toBe(0)
  expect(conditionsIn({ form: 'crm.x', from: '2026-01-01', until: '2026-02-01', late: '1', q: 'x' })).toBe(3)
})

test('many tasks are sent in portions', () => {
  expect(portions([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]])
  expect(portions([])).toEqual([])
})

test('the next card opens after acting, the one before at the end, then what the server names', () => {
  expect(nextAfter(cards, 'a', 'z')).toBe('b')
  expect(nextAfter(cards, 'c', 'z')).toBe('b')
  expect(nextAfter([card('a')], 'a', 'z')).toBe('z')
  expect(nextAfter([card('a')], 'a', 'a')).toBe('')
  expect(stepFrom(cards, 'a', -1)).toBeUndefined()
})

test('a story that ends with a return says so, whatever is remarked after it', () => {
  const story = [
    { state: 'done', node: 'draft', label: '起草', action: 'submit' },
    { state: 'done', node: 'lead', label: '主管', action: 'return', actor: 'liu', comment: '改一下' },
    { state: 'done', node: 'draft', label: '起草', action: 'comment' },
    { state: 'open', node: 'draft', label: '起草' },
  ]
  expect(sentBackBy(story)?.comment).toBe('改一下')
  expect(sentBackBy([...story, { state: 'done', node: 'draft', label: '起草', action: 'submit' }])).toBeUndefined()
})

test('an unknown box is the to-do', () => {
  expect(boxNamed('copied')).toBe('copied')
  expect(boxNamed('nonsense')).toBe('todo')
})

test('the bar offers what the node offers: one primary action, the plain ones, the rest under more', () => {
  expect(barOf(['approve', 'reject', 'return', 'transfer'])).toEqual({
    primary: 'approve',
    plain: ['return', 'reject'],
    more: ['transfer'],
  })
  expect(barOf(['submit']).primary).toBe('submit')
  expect(barOf([]).primary).toBeUndefined()
})

test('a comment stays on the task, an answer leaves it', () => {
  expect(leaves('comment')).toBe(false)
  expect(leaves('approve')).toBe(true)
  expect(leaves('add_signer', 'beside')).toBe(false)
  expect(leaves('add_signer', 'before')).toBe(true)
  expect(leaves('add_signer', 'after')).toBe(true)
})

test('a claim comes first and changes no values; what was answered can only be taken back', () => {
  expect(barOf(['claim']).primary).toBe('claim')
  expect(mayFill(['claim'])).toBe(false)
  expect(mayFill(['approve', 'unclaim'])).toBe(true)
  expect(isOpen(['take_back'])).toBe(false)
  expect(barOf(['take_back', 'remove_signer']).more).toEqual(['remove_signer', 'take_back'])
})

test('ending and returning are asked about, approving and stashing are not', () => {
  expect(['end', 'return', 'transfer', 'approve', 'stash'].map((deed) => needsAsking(deed as 'end'))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ])
  expect(leaves('stash')).toBe(false)
  expect(leaves('end')).toBe(true)
})
