/** Nodes taken along 复制节点: within a workflow, to another one, to another tab. */

import type { FlowNode, Line, Workflow } from '@/nodes/drawing/definition'
import { draw, GAP, sizeOf } from '@/nodes/drawing/tidy'
import { exitsOf, waysOf } from '@/nodes/drawing/ways'
import { freePlace, settle } from './arrange'
import { connect, freeId } from './edits'

export interface Piece {
  nodes: Record<string, FlowNode>
  drawing: Record<string, [number, number]>
  notes: Record<string, string>
}

const SHELF = 'qiaoban.flow.nodes'
const ASIDE = 48

/** The nodes with the lines among them; where a workflow begins stays where it is. */
export function pieceOf(workflow: Workflow, ids: string[]): Piece {
  const kept = ids.filter((id) => id in workflow.nodes && id !== workflow.start)
  const { places } = draw(workflow)
  const piece: Piece = { nodes: {}, drawing: {}, notes: {} }
  for (const id of kept) {
    const node = JSON.parse(JSON.stringify(workflow.nodes[id])) as FlowNode
    const on = Object.fromEntries(Object.entries(node.on ?? {}).filter(([, to]) => kept.includes(to)))
    piece.nodes[id] = { ...node, on }
    piece.drawing[id] = [places[id]?.x ?? 0, places[id]?.y ?? 0]
    const note = workflow.notes?.[id]
    if (note !== undefined) piece.notes[id] = note
  }
  return piece
}

/** Keeps a piece for the next paste, in whatever tab. */
export function keep(piece: Piece): void {
  try {
    localStorage.setItem(SHELF, JSON.stringify(piece))
  } catch {
    // a closed store: there is nothing to paste then
  }
}

/** What was kept last. */
export function kept(): Piece | null {
  try {
    const found = JSON.parse(localStorage.getItem(SHELF) ?? 'null') as Piece | null
    return found !== null && typeof found.nodes === 'object' ? found : null
  } catch {
    return null
  }
}

/** Puts a piece in beside where it was, or into a line; the new ids. */
export function paste(workflow: Workflow, piece: Piece, line: Line | null): string[] {
  settle(workflow)
  const names = new Map<string, string>()
  for (const [id, node] of Object.entries(piece.nodes)) {
    const fresh = freeId(workflow, node.type)
    names.set(id, fresh)
    workflow.nodes[fresh] = JSON.parse(JSON.stringify(node)) as FlowNode
  }
  for (const [id, fresh] of names) {
    const node = workflow.nodes[fresh] as FlowNode
    node.on = Object.fromEntries(Object.entries(node.on ?? {}).map(([exit, to]) => [exit, names.get(to) ?? to]))
    const note = piece.notes[id]
    if (note !== undefined) workflow.notes = { ...workflow.notes, [fresh]: note }
  }
  const ids = [...names.values()]
  if (line !== null) wire(workflow, ids, line)
  stand(workflow, piece, names, line)
  return ids
}

/** The line leads to the first of them, the last of them to where the line led. */
function wire(workflow: Workflow, ids: string[], line: Line): void {
  const target = workflow.nodes[line.from]?.on?.[line.exit]
  const reached = new Set(waysOf(workflow).flatMap(({ from, to }) => (ids.includes(from) ? [to] : [])))
  const first = ids.find((id) => !reached.has(id)) ?? ids[0]
  if (first === undefined) return
  connect(workflow, line, first)
  for (const id of ids) {
    const node = workflow.nodes[id] as FlowNode
    const [main] = exitsOf(node)
    if (main !== undefined && node.on?.[main] === undefined) connect(workflow, { from: id, exit: main }, target)
  }
}

function stand(workflow: Workflow, piece: Piece, names: Map<string, string>, line: Line | null): void {
  const drawing = workflow.drawing as Record<string, [number, number]>
  const places = [...names.keys()].map((id): [number, number] => piece.drawing[id] ?? [0, 0])
  const [left, top] = [Math.min(...places.map(([x]) => x)), Math.min(...places.map(([, y]) => y))]
  const source = line === null ? undefined : drawing[line.from]
  const below = line === null ? 0 : sizeOf(workflow, line.from).height + GAP
  const [x, y] = source === undefined ? [left + ASIDE, top + ASIDE] : [source[0], source[1] + below]
  for (const [id, fresh] of names) {
    const [mine, own] = piece.drawing[id] ?? [0, 0]
    drawing[fresh] = freePlace(workflow, fresh, [mine - left + x, own - top + y], new Set())
  }
}
