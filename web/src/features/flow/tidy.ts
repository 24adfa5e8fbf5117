/** Where the nodes stand 整理布局: the same drawing for the same workflow, from top to bottom. */
import { Graph, layout } from '@dagrejs/dagre'
import { nodeTypeNamed } from '@/nodes/registry'
import { nameOf, type Way, type Workflow } from './definition'
import { reachable, waysOf } from './edits'

export interface Point {
  x: number
  y: number
}

export interface Drawn {
  /** Upper left corners. */
  places: Record<string, Point>
  /** The bends of each line, and where its label and its "+" stand. */
  lines: Record<string, { bends: Point[]; label: Point }>
}

export const WIDTH = 224
export const HEIGHT = 84
export const END_HEIGHT = 56
const LABEL = { width: 132, height: 30 }

/** The size of a node's card. */
export function sizeOf(workflow: Workflow, id: string): { width: number; height: number } {
  const ends = nodeTypeNamed(workflow.nodes[id]?.type ?? '')?.ends === true
  return { width: WIDTH, height: ends ? END_HEIGHT : HEIGHT }
}

function inOrder(workflow: Workflow): string[] {
  const near = [...reachable(workflow)].filter((id) => id in workflow.nodes)
  return [...near, ...Object.keys(workflow.nodes).filter((id) => !near.includes(id))]
}

/** Laid out by itself. */
export function tidy(workflow: Workflow): Drawn {
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'TB', nodesep: 44, edgesep: 24, ranksep: 26, marginx: 0, marginy: 0 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const id of inOrder(workflow)) graph.setNode(id, { ...sizeOf(workflow, id) })
  const ways = waysOf(workflow)
  const first = new Set<string>()
  for (const way of ways) {
    const weight = first.has(way.from) ? 1 : 8
    first.add(way.from)
    graph.setEdge(way.from, way.to, { ...LABEL, labelpos: 'c', weight }, nameOf(way))
  }
  layout(graph)
  const places: Drawn['places'] = {}
  for (const id of Object.keys(workflow.nodes)) {
    const { x, y } = graph.node(id) as Point
    const { width, height } = sizeOf(workflow, id)
    places[id] = { x: Math.round(x - width / 2), y: Math.round(y - height / 2) }
  }
  const lines: Drawn['lines'] = {}
  for (const way of ways) {
    const edge = graph.edge(way.from, way.to, nameOf(way)) as Point & { points: Point[] }
    lines[nameOf(way)] = { bends: edge.points.slice(1, -1), label: { x: edge.x, y: edge.y } }
  }
  return { places, lines }
}

function overlap(workflow: Workflow, drawing: Record<string, [number, number]>): boolean {
  const ids = Object.keys(workflow.nodes)
  return ids.some((one, at) =>
    ids.slice(at + 1).some((other) => {
      const [a, b] = [drawing[one], drawing[other]]
      if (a === undefined || b === undefined) return true
      return Math.abs(a[0] - b[0]) < WIDTH && Math.abs(a[1] - b[1]) < HEIGHT
    }),
  )
}

function middle(workflow: Workflow, places: Drawn['places'], way: Way, twins: number, twin: number): Point {
  const [from, to] = [places[way.from] as Point, places[way.to] as Point]
  const bottom = from.y + sizeOf(workflow, way.from).height
  const shift = (twin - (twins - 1) / 2) * (LABEL.width + 24)
  return { x: (from.x + to.x) / 2 + WIDTH / 2 + shift, y: (bottom + to.y) / 2 }
}

/** As a person drew it. */
function byHand(workflow: Workflow, drawing: Record<string, [number, number]>): Drawn {
  const places = Object.fromEntries(Object.entries(drawing).map(([id, [x, y]]) => [id, { x, y }]))
  const ways = waysOf(workflow)
  const lines = Object.fromEntries(
    ways.map((way) => {
      const twins = ways.filter(({ from, to }) => from === way.from && to === way.to)
      const label = middle(workflow, places, way, twins.length, twins.indexOf(way))
      return [nameOf(way), { bends: twins.length > 1 ? [label] : [], label }]
    }),
  )
  return { places, lines }
}

/** By hand when all nodes were placed and none covers another, else laid out. */
export function draw(workflow: Workflow): Drawn {
  const { drawing } = workflow
  const placed = drawing !== undefined && Object.keys(workflow.nodes).every((id) => id in drawing)
  return placed && !overlap(workflow, drawing) ? byHand(workflow, drawing) : tidy(workflow)
}
