import { produce } from 'immer'
import { expect, test } from 'vitest'
import type { FlowNode, Workflow } from './definition'
import {
  connect,
  exitsToDraw,
  firstWorkflow,
  insertConditional,
  insertNode,
  looseExits,
  reachable,
  removeNode,
  waysOf,
} from './edits'
import { corners } from './line-path'
import { draw, type Point, sizeOf, tidy } from './tidy'

const words = (type: { name: string }) => type.name
const labels = { start: '发起', end: '通过', refused: '未通过' }
const simple = firstWorkflow('contract', 'contract', '合同审批', labels, words)
const spoken = (workflow: Workflow) => waysOf(workflow).map(({ from, exit, to }) => `${from} -${exit}-> ${to}`)
const line = { from: 'approve_1', exit: 'approved' }

test('a first workflow begins, asks and ends', () => {
  expect(spoken(simple)).toEqual([
    'begin -submit-> approve_1',
    'approve_1 -approved-> approved',
    'approve_1 -rejected-> rejected',
  ])
})

test('an approval put into a line leads on, and refuses to where others refuse to', () => {
  const after = produce(simple, (draft) => void insertNode(draft as Workflow, line, 'approve', words))
  expect(spoken(after)).toContain('approve_1 -approved-> approve_2')
  expect(spoken(after)).toContain('approve_2 -approved-> approved')
  expect(spoken(after)).toContain('approve_2 -rejected-> rejected')
})

test('a conditional approval is a branch and an approval at once', () => {
  const after = produce(simple, (draft) => void insertConditional(draft as Workflow, line, 'approve', words))
  expect(spoken(after)).toEqual(
    expect.arrayContaining([
      'approve_1 -approved-> branch_1',
      'branch_1 -case_1-> approve_2',
      'branch_1 -else-> approved',
      'approve_2 -approved-> approved',
    ]),
  )
  expect(after.nodes.branch_1).toMatchObject({ type: 'branch', when: { case_1: '' } })
})

test('taking the branch out again leaves the line as it was', () => {
  const with_ = produce(simple, (draft) => void insertConditional(draft as Workflow, line, 'approve', words))
  const after = produce(with_, (draft) => void removeNode(draft as Workflow, 'branch_1'))
  expect(spoken(after)).toEqual(spoken(simple))
})

test('taking the approval behind a condition out keeps the branch', () => {
  const with_ = produce(simple, (draft) => void insertConditional(draft as Workflow, line, 'approve', words))
  const after = produce(with_, (draft) => void removeNode(draft as Workflow, 'approve_2'))
  expect(spoken(after)).toContain('branch_1 -case_1-> approved')
  expect(spoken(after)).toContain('branch_1 -else-> approved')
})

test('parallel branches come with a join and go with it', () => {
  const with_ = produce(simple, (draft) => void insertNode(draft as Workflow, line, 'parallel', words))
  expect(spoken(with_)).toEqual(
    expect.arrayContaining([
      'approve_1 -approved-> parallel_1',
      'parallel_1 -branch_1-> join_1',
      'parallel_1 -branch_2-> join_1',
      'join_1 -next-> approved',
    ]),
  )
  const after = produce(with_, (draft) => void removeNode(draft as Workflow, 'parallel_1'))
  expect(spoken(after)).toEqual(spoken(simple))
})

test('the start cannot be taken out', () => {
  expect(produce(simple, (draft) => void removeNode(draft as Workflow, 'begin'))).toBe(simple)
})

test('a copy goes into any line', () => {
  const after = produce(
    simple,
    (draft) => void insertNode(draft as Workflow, { from: 'begin', exit: 'submit' }, 'copy', words),
  )
  expect(spoken(after)).toEqual(expect.arrayContaining(['begin -submit-> copy_1', 'copy_1 -next-> approve_1']))
})

test('a line can be led elsewhere, or nowhere', () => {
  const cut = produce(simple, (draft) => connect(draft as Workflow, line, undefined))
  expect(looseExits(cut.nodes.approve_1 as FlowNode)).toEqual(['approved'])
  expect(exitsToDraw(cut.nodes.approve_1 as FlowNode)).toEqual(['approved'])
  expect(reachable(cut).has('approved')).toBe(false)
})

const big = produce(simple, (draft) => {
  insertConditional(draft as Workflow, line, 'approve', words)
  insertNode(draft as Workflow, { from: 'begin', exit: 'submit' }, 'parallel', words)
  insertNode(draft as Workflow, { from: 'parallel_1', exit: 'branch_1' }, 'approve', words)
  insertNode(draft as Workflow, { from: 'parallel_1', exit: 'branch_2' }, 'approve', words)
})

test('the layout of a workflow is always the same, and no two nodes cover each other', () => {
  expect(tidy(big)).toEqual(tidy(JSON.parse(JSON.stringify(big))))
  const places = Object.values(tidy(big).places).map(({ x, y }) => `${x},${y}`)
  expect(new Set(places).size).toBe(places.length)
})

test('the way past a condition stays straight', () => {
  const { places } = tidy(big)
  const straight = ['begin', 'parallel_1', 'join_1', 'approve_1', 'branch_1', 'approved'].map((id) => places[id]?.x)
  expect(new Set(straight).size).toBe(1)
  expect(places.approve_2?.x).toBeGreaterThan(places.branch_1?.x ?? 0)
})

test('no line crosses a card', () => {
  const { places, lines } = tidy(big)
  for (const way of waysOf(big)) {
    const [above, below] = [places[way.from], places[way.to]] as [Point, Point]
    const points = [
      { x: above.x + 112, y: above.y + sizeOf(big, way.from).height },
      ...(lines[`${way.from}/${way.exit}`]?.corners ?? []),
      { x: below.x + 112, y: below.y },
    ]
    for (const [id, card] of Object.entries(places)) {
      const { width, height } = sizeOf(big, id)
      const crossing = points.slice(1).some((end, at) => {
        const start = points[at] as Point
        const [left, right] = [Math.min(start.x, end.x), Math.max(start.x, end.x)]
        const [top, bottom] = [Math.min(start.y, end.y), Math.max(start.y, end.y)]
        return left < card.x + width && right > card.x && top < card.y + height - 1 && bottom > card.y + 1
      })
      expect(crossing, `${way.from}/${way.exit} over ${id}`).toBe(false)
    }
  }
})

test('what a person drew stays, and makes room below a line', () => {
  const drawing: Record<string, [number, number]> = {
    begin: [0, 0],
    approve_1: [0, 140],
    approved: [0, 280],
    rejected: [260, 280],
  }
  const drawn = { ...simple, drawing }
  expect(draw(drawn).places.approve_1).toEqual({ x: 0, y: 140 })
  const after = produce(drawn, (draft) => void insertNode(draft as Workflow, line, 'copy', words))
  expect(after.drawing).toMatchObject({ begin: [0, 0], copy_1: [0, 280], approved: [0, 420], rejected: [260, 420] })
})

test('a line bends at right angles', () => {
  const points = corners({ x: 0, y: 0 }, { x: 100, y: 200 }, [{ x: 50, y: 100 }])
  for (const [at, point] of points.slice(1).entries()) {
    const before = points[at] as { x: number; y: number }
    expect(before.x === point.x || before.y === point.y).toBe(true)
  }
})
