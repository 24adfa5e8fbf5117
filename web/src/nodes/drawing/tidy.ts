/** Where the nodes stand 整理布局: the same drawing for the same workflow, from top to bottom. */
import { nodeTypeNamed } from '../registry'
import { nameOf, type Workflow } from './definition'
import { lanesOf } from './lanes'
import { bendsIn, type Ends, order, Router } from './route'
import { exitsOf, waysOf } from './ways'

export interface Point {
  x: number
  y: number
}

export interface Drawn {
  /** Upper left corners. */
  places: Record<string, Point>
  /** The corners of each line between its ends, and where its label and its "+" stand. */
  lines: Record<string, { corners: Point[]; label: Point }>
}

export const WIDTH = 224
/** Title and one line; each more line takes its own height. */
const HEIGHT = 60
const MORE = 19
const BESIDE = 64
/** Between two rows. */
export const GAP = 72
/** From one lane to the next. */
export const STEP = WIDTH + BESIDE
/** Below a row: where lines turn off, and where labels stand; above a row: where lines come in. */
const OFF = 10
const LABEL = 36
const IN = 16

/** The size of a node's card. */
export function sizeOf(workflow: Workflow, id: string): { width: number; height: number } {
  const node = workflow.nodes[id]
  const lines = (node && nodeTypeNamed(node.type)?.lines?.(node)) ?? 1
  return { width: WIDTH, height: HEIGHT + (lines - 1) * MORE }
}

interface Grid {
  top: (row: number) => number
  bottom: (row: number) => number
}

function gridOf(workflow: Workflow, row: Map<string, number>): Grid {
  const heights: number[] = []
  for (const [id, at] of row) heights[at] = Math.max(heights[at] ?? HEIGHT, sizeOf(workflow, id).height)
  const tops: number[] = []
  let y = 0
  for (let at = 0; at < heights.length; at += 1) {
    tops[at] = y
    y += (heights[at] ?? HEIGHT) + GAP
  }
  return { top: (at) => tops[at] ?? 0, bottom: (at) => (tops[at] ?? 0) + (heights[at] ?? HEIGHT) }
}

/** Laid out by itself. */
export function tidy(workflow: Workflow): Drawn {
  const { row, lane, line, widest } = lanesOf(workflow)
  const grid = gridOf(workflow, row)
  const middleOf = (at: number) => at * STEP + WIDTH / 2
  const rowAt = (id: string) => row.get(id) ?? 0
  const places: Drawn['places'] = {}
  for (const id of Object.keys(workflow.nodes)) {
    places[id] = { x: middleOf(lane.get(id) ?? 0) - WIDTH / 2, y: grid.top(rowAt(id)) }
  }
  const used = new Set<string>()
  const lines: Drawn['lines'] = {}
  for (const way of waysOf(workflow)) {
    const back = rowAt(way.to) <= rowAt(way.from)
    const [from, to] = [middleOf(lane.get(way.from) ?? 0), middleOf(lane.get(way.to) ?? 0)]
    const down = back ? middleOf(widest) + WIDTH / 2 + BESIDE / 2 : middleOf(line.get(nameOf(way)) ?? 0)
    const [off, into] = [grid.bottom(rowAt(way.from)) + OFF, grid.top(rowAt(way.to)) - IN]
    const points = [
      { x: from, y: off },
      { x: down, y: off },
      { x: down, y: into },
      { x: to, y: into },
    ]
    const below = { x: down, y: grid.bottom(rowAt(way.from)) + LABEL }
    const taken = used.has(`${below.x},${below.y}`)
    const label = back ? { x: down, y: (off + into) / 2 } : taken ? { x: (from + down) / 2, y: off } : below
    used.add(`${label.x},${label.y}`)
    lines[nameOf(way)] = { corners: from === down && to === down ? [] : points, label }
  }
  return { places, lines }
}

/** Whether no card covers another. */
function hasRoom(workflow: Workflow, drawing: Record<string, [number, number]>): boolean {
  const ids = Object.keys(workflow.nodes)
  return ids.every((one, at) =>
    ids.slice(at + 1).every((other) => {
      const [a, b] = [drawing[one], drawing[other]]
      if (a === undefined || b === undefined) return false
      const upper = a[1] < b[1] ? one : other
      return Math.abs(a[0] - b[0]) >= WIDTH || Math.abs(a[1] - b[1]) >= sizeOf(workflow, upper).height
    }),
  )
}

/** As a person drew it; lines go around the cards. */
function byHand(workflow: Workflow, drawing: Record<string, [number, number]>): Drawn {
  const places = Object.fromEntries(Object.entries(drawing).map(([id, [x, y]]) => [id, { x, y }]))
  const boxes = Object.keys(workflow.nodes).map((id) => {
    const { x, y } = places[id] as Point
    return { left: x, right: x + WIDTH, top: y, bottom: y + sizeOf(workflow, id).height }
  })
  const seen = new Map<string, number>()
  const all = waysOf(workflow).map((way): Ends => {
    const [above, below] = [places[way.from] as Point, places[way.to] as Point]
    const pair = `${way.from}/${way.to}`
    const twin = seen.get(pair) ?? 0
    seen.set(pair, twin + 1)
    const from = { x: above.x + WIDTH / 2, y: above.y + sizeOf(workflow, way.from).height }
    return { way, from, to: { x: below.x + WIDTH / 2, y: below.y }, twin }
  })
  const router = new Router(boxes, STEP)
  const used = new Set<string>()
  const lines: Drawn['lines'] = {}
  for (const ends of all.sort((one, other) => order(one) - order(other))) {
    const { from, to, way } = ends
    const x = router.lane(ends)
    const corners = bendsIn(x, from, to)
    const straight = { x, y: corners.length === 0 ? (from.y + to.y) / 2 : (from.y + OFF + to.y - IN) / 2 }
    const near = { x, y: from.y + LABEL }
    const label = to.y - from.y > 2 * LABEL ? near : straight
    const taken = used.has(`${label.x},${label.y}`)
    const place = taken ? { x: (from.x + x) / 2, y: from.y + OFF } : label
    used.add(`${place.x},${place.y}`)
    lines[nameOf(way)] = { corners, label: place }
  }
  return { places, lines }
}

/** What a drawing depends on: not on names, conditions or people. */
function shapeOf(workflow: Workflow): string {
  const nodes = Object.entries(workflow.nodes).map(([id, node]) => [
    id,
    node.type,
    node.on,
    exitsOf(node),
    sizeOf(workflow, id).height,
  ])
  return JSON.stringify([workflow.start, nodes, workflow.drawing])
}

/** The latest drawings by shape: who types a name does not wait for a layout. */
const known = new Map<string, Drawn>()
const KEPT = 8

/** By hand when all nodes were placed with room between them, else laid out. */
export function draw(workflow: Workflow): Drawn {
  const shape = shapeOf(workflow)
  const before = known.get(shape)
  if (before !== undefined) return before
  const { drawing } = workflow
  const placed = drawing !== undefined && Object.keys(workflow.nodes).every((id) => id in drawing)
  const drawn = placed && hasRoom(workflow, drawing) ? byHand(workflow, drawing) : tidy(workflow)
  if (known.size >= KEPT) known.delete(known.keys().next().value ?? '')
  known.set(shape, drawn)
  return drawn
}
