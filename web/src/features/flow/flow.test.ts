import fc from 'fast-check'
import { produce } from 'immer'
import { expect, test } from 'vitest'
import { type FlowNode, nameOf, type Workflow } from '@/nodes/drawing/definition'
import { corners } from '@/nodes/drawing/line-path'
import { draw, type Point, sizeOf, tidy } from '@/nodes/drawing/tidy'
import { reachable, waysOf } from '@/nodes/drawing/ways'
import { put } from './arrange'
import { type Piece, paste, pieceOf } from './clipboard'
import { exampleOf, wayOf } from './counter-example'
import { connect, exitsToDraw, firstWorkflow, insertConditional, insertNode, looseExits, removeNode } from './edits'
import { nextTo, sought } from './neighbours'

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

const drawing: Record<string, [number, number]> = {
  begin: [0, 0],
  approve_1: [0, 140],
  approved: [0, 300],
  rejected: [288, 300],
}

test('what a person drew stays, and makes room below a line', () => {
  const drawn = { ...simple, drawing }
  expect(draw(drawn).places.approve_1).toEqual({ x: 0, y: 140 })
  const after = produce(drawn, (draft) => void put(draft as Workflow, line, 'copy', false, words))
  expect(after.drawing).toMatchObject({ begin: [0, 0], approve_1: [0, 140], copy_1: [0, 291] })
  expect(after.drawing?.approved?.[0]).toBe(0)
  expect(after.drawing?.approved?.[1]).toBeGreaterThan(291 + 60)
})

const kinds = fc.constantFrom('approve', 'copy', 'parallel', 'approve?')

test('whatever is put in, nothing else moves sideways or up, and no card covers another', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(), kinds), { minLength: 1, maxLength: 12 }), (steps) => {
      let workflow: Workflow = simple
      for (const [at, kind] of steps) {
        const ways = waysOf(workflow)
        const way = ways[at % ways.length] as (typeof ways)[number]
        const before = draw(workflow).places
        const [type = '', conditional] = kind.split('?')
        workflow = produce(
          workflow,
          (draft) => void put(draft as Workflow, way, type, conditional !== undefined, words),
        )
        const after = draw(workflow).places
        for (const [id, place] of Object.entries(before)) {
          expect(after[id]?.x).toBe(Math.round(place.x))
          expect(after[id]?.y).toBeGreaterThanOrEqual(Math.round(place.y))
        }
        const places = Object.entries(after)
        for (const [at, [one, a]] of places.entries()) {
          for (const [, b] of places.slice(at + 1)) {
            const apart = Math.abs(a.x - b.x) >= 224 || Math.abs(a.y - b.y) >= sizeOf(workflow, one).height - 20
            expect(apart).toBe(true)
          }
        }
      }
    }),
    { numRuns: 60 },
  )
})

test('lines drawn by hand go around the cards', () => {
  const tall = produce(simple, (draft) => {
    for (let at = 0; at < 4; at += 1) put(draft as Workflow, line, 'approve', at % 2 === 1, words)
  })
  const { places, lines } = draw(tall)
  for (const way of waysOf(tall)) {
    const corners = lines[nameOf(way)]?.corners ?? []
    for (const [id, card] of Object.entries(places)) {
      const { width, height } = sizeOf(tall, id)
      const [first, second] = [corners[1], corners[2]]
      if (first === undefined || second === undefined) continue
      const [top, bottom] = [Math.min(first.y, second.y), Math.max(first.y, second.y)]
      const hit = first.x > card.x && first.x < card.x + width && top < card.y + height && bottom > card.y
      expect(hit, `${nameOf(way)} through ${id}`).toBe(false)
    }
  }
})

test('a line bends at right angles', () => {
  const points = corners({ x: 0, y: 0 }, { x: 100, y: 200 }, [{ x: 50, y: 100 }])
  for (const [at, point] of points.slice(1).entries()) {
    const before = points[at] as { x: number; y: number }
    expect(before.x === point.x || before.y === point.y).toBe(true)
  }
})

test('nodes are pasted with fresh ids and the lines among them, into another workflow too', () => {
  const after = produce(simple, (draft) => void put(draft as Workflow, line, 'approve', false, words))
  const piece = JSON.parse(JSON.stringify(pieceOf(after, ['begin', 'approve_1', 'approve_2']))) as Piece
  expect(Object.keys(piece.nodes)).toEqual(['approve_1', 'approve_2'])
  const other = firstWorkflow('leave', 'leave', '请假', labels, words)
  const pasted = produce(other, (draft) => void paste(draft as Workflow, piece, null))
  expect(spoken(pasted)).toContain('approve_2 -approved-> approve_3')
  expect(spoken(pasted)).toEqual(expect.arrayContaining(spoken(other)))
})

test('nodes pasted into a line lead on to where it led', () => {
  const piece = pieceOf(simple, ['approve_1'])
  const pasted = produce(simple, (draft) => void paste(draft as Workflow, piece, { from: 'begin', exit: 'submit' }))
  expect(spoken(pasted)).toEqual(
    expect.arrayContaining(['begin -submit-> approve_2', 'approve_2 -approved-> approve_1']),
  )
})

test('arrows lead to the nearest node in their direction', () => {
  const { places } = tidy(big)
  expect(nextTo(places, 'begin', 'down')).toBe('parallel_1')
  expect(nextTo(places, 'parallel_1', 'up')).toBe('begin')
  expect(nextTo(places, 'begin', 'up')).toBeUndefined()
})

test('a node is found by its words, the earliest match first', () => {
  const nodes = [
    { id: 'a', words: '财务总监' },
    { id: 'b', words: '总监审批' },
    { id: 'c', words: '法务' },
  ]
  expect(sought(nodes, '总监').map(({ id }) => id)).toEqual(['b', 'a'])
})

test('a counter-example has a way: its own, else the shortest to its place', () => {
  const problem = { code: 'x', detail: '', path: ['workflows/contract', 'nodes', 'rejected'], params: {} }
  expect(wayOf(simple, problem)).toEqual(['begin', 'approve_1', 'rejected'])
  expect(wayOf(simple, { ...problem, params: { nodes: ['begin', 'approve_1'] } })).toEqual(['begin', 'approve_1'])
  const fields = [{ id: 'amount', label: '金额', type: 'number' }] as never
  expect(exampleOf({ ...problem, params: { example: { amount: '5' } } }, fields)).toBe('金额 = 5')
})

test('a drawing of 200 nodes is laid out, and changed by hand, in time', () => {
  const wide = produce(simple, (draft) => {
    for (let at = 0; at < 98; at += 1) insertConditional(draft as Workflow, line, 'approve', words)
  })
  expect(Object.keys(wide.nodes).length).toBeGreaterThan(195)
  const began = performance.now()
  const drawn = draw(wide)
  const placed = {
    ...wide,
    drawing: Object.fromEntries(Object.entries(drawn.places).map(([id, { x, y }]) => [id, [x, y]])),
  }
  draw(placed as Workflow)
  expect(performance.now() - began).toBeLessThan(1_000)
})
