/** Where the nodes stand 整理布局: the same drawing for the same workflow, from top to bottom. */
import { nodeTypeNamed } from '@/nodes/registry'
import { nameOf, type Way, type Workflow } from './definition'
import { waysOf } from './edits'
import { lanesOf } from './lanes'
import { corners } from './line-path'

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
const HEIGHT = 60
/** With room for who and how. */
const TALL = 80
const BESIDE = 64
const BELOW = 72
/** Below a row: where lines turn off, and where labels stand; above a row: where lines come in. */
const OFF = 10
const LABEL = 36
const IN = 16

/** The size of a node's card. */
export function sizeOf(workflow: Workflow, id: string): { width: number; height: number } {
  const asks = nodeTypeNamed(workflow.nodes[id]?.type ?? '')?.conditional !== undefined
  return { width: WIDTH, height: asks ? TALL : HEIGHT }
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
    y += (heights[at] ?? HEIGHT) + BELOW
  }
  return { top: (at) => tops[at] ?? 0, bottom: (at) => (tops[at] ?? 0) + (heights[at] ?? HEIGHT) }
}

/** Laid out by itself. */
export function tidy(workflow: Workflow): Drawn {
  const { row, lane, line, widest } = lanesOf(workflow)
  const grid = gridOf(workflow, row)
  const middleOf = (at: number) => at * (WIDTH + BESIDE) + WIDTH / 2
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

/** Whether no card covers another, and every line has room for its label. */
function hasRoom(workflow: Workflow, drawing: Record<string, [number, number]>): boolean {
  const ids = Object.keys(workflow.nodes)
  const apart = ids.every((one, at) =>
    ids.slice(at + 1).every((other) => {
      const [a, b] = [drawing[one], drawing[other]]
      if (a === undefined || b === undefined) return false
      return Math.abs(a[0] - b[0]) >= WIDTH || Math.abs(a[1] - b[1]) >= TALL
    }),
  )
  const roomy = (way: Way) => {
    const [a, b] = [drawing[way.from], drawing[way.to]]
    if (a === undefined || b === undefined) return false
    const gap = b[1] - a[1] - sizeOf(workflow, way.from).height
    return a[0] !== b[0] || gap < 0 || gap > LABEL + OFF
  }
  return apart && waysOf(workflow).every(roomy)
}

/** As a person drew it. */
function byHand(workflow: Workflow, drawing: Record<string, [number, number]>): Drawn {
  const places = Object.fromEntries(Object.entries(drawing).map(([id, [x, y]]) => [id, { x, y }]))
  const ways = waysOf(workflow)
  const lines: Drawn['lines'] = {}
  for (const way of ways) {
    const twins = ways.filter(({ from, to }) => from === way.from && to === way.to)
    const [above, below] = [places[way.from] as Point, places[way.to] as Point]
    const from = { x: above.x + WIDTH / 2, y: above.y + sizeOf(workflow, way.from).height }
    const to = { x: below.x + WIDTH / 2, y: below.y }
    const shift = (twins.indexOf(way) - (twins.length - 1) / 2) * (WIDTH - BESIDE)
    const label = { x: (from.x + to.x) / 2 + shift, y: (from.y + to.y) / 2 }
    const bends = twins.length > 1 || from.x !== to.x ? [label] : []
    lines[nameOf(way)] = { corners: corners(from, to, bends).slice(1, -1), label }
  }
  return { places, lines }
}

/** By hand when all nodes were placed with room between them, else laid out. */
export function draw(workflow: Workflow): Drawn {
  const { drawing } = workflow
  const placed = drawing !== undefined && Object.keys(workflow.nodes).every((id) => id in drawing)
  return placed && hasRoom(workflow, drawing) ? byHand(workflow, drawing) : tidy(workflow)
}
