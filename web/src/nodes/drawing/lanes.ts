/** Rows and lanes of a workflow 行与道: the way straight on keeps its lane, what turns off takes a free one at its side. */
import { nodeTypeNamed } from '../registry'
import { nameOf, type Way, type Workflow } from './definition'
import { exitsOf, reachable, waysOf } from './ways'

export interface Lanes {
  row: Map<string, number>
  lane: Map<string, number>
  /** The lane in which a line goes down; its target's own unless it needs one for itself. */
  line: Map<string, number>
  widest: number
}

interface Held {
  lane: number
  from: number
  to: number
}

/** The exit that goes straight on: past a decision, into the first branch of a split, else the main one. */
function straightExit(workflow: Workflow, id: string): string | undefined {
  const node = workflow.nodes[id]
  if (node === undefined) return undefined
  const exits = exitsOf(node)
  return nodeTypeNamed(node.type)?.guards === undefined ? exits[0] : exits.at(-1)
}

function straightOn(workflow: Workflow, id: string): string | undefined {
  const to = workflow.nodes[id]?.on?.[straightExit(workflow, id) ?? '']
  return to !== undefined && to in workflow.nodes ? to : undefined
}

/** The longest way from the start to each node; a way back to where it came from does not count. */
export function rowsOf(workflow: Workflow): Map<string, number> {
  const ways = waysOf(workflow)
  const row = new Map<string, number>()
  const open = new Set<string>()
  const visit = (id: string, depth: number) => {
    if (open.has(id) || (row.get(id) ?? -1) >= depth) return
    row.set(id, depth)
    open.add(id)
    for (const way of ways) if (way.from === id) visit(way.to, depth + 1)
    open.delete(id)
  }
  visit(workflow.start, 0)
  for (const id of Object.keys(workflow.nodes)) if (!row.has(id)) visit(id, 0)
  return row
}

class Room {
  private readonly held: Held[] = []

  /** The first lane right of `after` that is free from one row to another; it is taken. */
  take(after: number, from: number, to: number): number {
    let lane = after + 1
    while (this.held.some((each) => each.lane === lane && each.from < to && from < each.to)) lane += 1
    this.held.push({ lane, from, to })
    return lane
  }
}

/** The nodes straight on from `first` that have no lane yet, and the one that has. */
function chainFrom(workflow: Workflow, first: string, lane: Map<string, number>): { nodes: string[]; meets?: string } {
  const nodes: string[] = []
  let at: string | undefined = first
  while (at !== undefined && !lane.has(at) && !nodes.includes(at)) {
    nodes.push(at)
    at = straightOn(workflow, at)
  }
  return { nodes, meets: at !== undefined && lane.has(at) ? at : undefined }
}

/** Gives every node and every line that turns off its lane. */
export function lanesOf(workflow: Workflow): Lanes {
  const row = rowsOf(workflow)
  const lane = new Map<string, number>()
  const line = new Map<string, number>()
  const room = new Room()
  const rowAt = (id: string) => row.get(id) ?? 0
  for (const id of chainFrom(workflow, workflow.start, lane).nodes) lane.set(id, 0)
  const ways = waysOf(workflow).sort((one, other) => rowAt(one.from) - rowAt(other.from))

  const placeChain = (way: Way, onlyMeeting: boolean): boolean => {
    const source = lane.get(way.from)
    if (source === undefined || lane.has(way.to)) return false
    const { nodes, meets } = chainFrom(workflow, way.to, lane)
    if (onlyMeeting && meets === undefined) return false
    const last = nodes.at(-1) ?? way.to
    const end = meets === undefined || rowAt(meets) <= rowAt(last) ? rowAt(last) + 0.25 : rowAt(meets) - 0.25
    const taken = room.take(source, rowAt(way.from) + 0.25, end)
    for (const id of nodes) lane.set(id, taken)
    return true
  }
  const placeLine = (way: Way): void => {
    const [source, target] = [lane.get(way.from), lane.get(way.to)]
    if (source === undefined || target === undefined || rowAt(way.to) <= rowAt(way.from)) return
    const straight = straightExit(workflow, way.from) === way.exit
    if (source > target || (straight && source === target)) line.set(nameOf(way), source)
    else if (source < target) line.set(nameOf(way), target)
    else line.set(nameOf(way), room.take(source, rowAt(way.from) + 0.25, rowAt(way.to) - 0.25))
  }
  while (ways.some((way) => placeChain(way, true)));
  for (const way of ways) if (lane.has(way.from) && lane.has(way.to)) placeLine(way)
  while (ways.some((way) => placeChain(way, false))) while (ways.some((way) => placeChain(way, true)));
  for (const way of ways) if (!line.has(nameOf(way))) placeLine(way)
  const near = reachable(workflow)
  for (const id of Object.keys(workflow.nodes)) {
    if (!near.has(id) && !lane.has(id)) lane.set(id, Math.max(0, ...lane.values()) + 1)
  }
  for (const way of ways) if (!line.has(nameOf(way))) placeLine(way)
  return { row, lane, line, widest: Math.max(0, ...lane.values(), ...line.values()) }
}
