/** What can be done to a workflow 流程编辑: put in, connect, take out. All functions change the workflow they are given. */

import type { FlowNode, Line, Workflow } from '@/nodes/drawing/definition'
import { exitsOf, reachable, waysOf } from '@/nodes/drawing/ways'
import type { NamedNodeType } from '@/nodes/node'
import { nodeTypeNamed, nodeTypes } from '@/nodes/registry'

/** Exits that lead nowhere yet and must. */
export function looseExits(node: FlowNode): string[] {
  const type = nodeTypeNamed(node.type)
  const exits = exitsOf(node).filter((exit) => node.on?.[exit] === undefined)
  const every = type?.guards !== undefined || type?.splits === true
  return every ? exits : exits.filter((exit) => exit === exitsOf(node)[0])
}

/** An id that no node has yet. */
export function freeId(workflow: Workflow, type: string): string {
  let count = 1
  while (`${type}_${count}` in workflow.nodes) count += 1
  return `${type}_${count}`
}

function fresh(type: NamedNodeType, label: string): FlowNode {
  return { ...(JSON.parse(JSON.stringify(type.blank)) as object), type: type.name, label, on: {} }
}

function lead(workflow: Workflow, { from, exit }: Line, to: string | undefined): void {
  const node = workflow.nodes[from]
  if (node === undefined) return
  const { [exit]: _before, ...rest } = node.on ?? {}
  node.on = to === undefined ? rest : { ...node.on, [exit]: to }
}

/** The type that decides, the one that gathers, and so on: asked by ability, never by name. */
export function typeThat(can: (type: NamedNodeType) => boolean): NamedNodeType | undefined {
  return nodeTypes().find(can)
}

/** Puts a node into a line; one that splits comes with one that gathers. The new node's id. */
export function insertNode(
  workflow: Workflow,
  line: Line,
  name: string,
  words: (type: NamedNodeType) => string,
): string {
  const type = nodeTypeNamed(name)
  const target = workflow.nodes[line.from]?.on?.[line.exit]
  if (type === undefined) return ''
  const id = freeId(workflow, name)
  const node = fresh(type, words(type))
  const gather = type.splits ? typeThat(({ gathers }) => gathers === true) : undefined
  workflow.nodes[id] = node
  let next = target
  if (gather !== undefined) {
    next = freeId(workflow, gather.name)
    const join = fresh(gather, words(gather))
    workflow.nodes[next] = { ...join, on: target === undefined ? {} : { [exitsOf(join)[0] ?? 'next']: target } }
  }
  if (next !== undefined) {
    const ways = gather === undefined ? type.wire?.(next, workflow.nodes) : undefined
    const all = gather === undefined ? exitsOf(node).slice(0, 1) : exitsOf(node)
    node.on = ways ?? Object.fromEntries(all.map((exit) => [exit, next]))
  }
  lead(workflow, line, id)
  return id
}

/** Puts a node behind a condition: the line meets a decision, whose first way leads to the node, the other past it. */
export function insertConditional(
  workflow: Workflow,
  line: Line,
  name: string,
  words: (type: NamedNodeType) => string,
): { decision: string; node: string } {
  const decider = typeThat(({ guards }) => guards !== undefined)
  const target = workflow.nodes[line.from]?.on?.[line.exit]
  if (decider === undefined) return { decision: '', node: insertNode(workflow, line, name, words) }
  const decision = insertNode(workflow, line, decider.name, words)
  const [first = ''] = exitsOf(workflow.nodes[decision] as FlowNode)
  const node = insertNode(workflow, { from: decision, exit: first }, name, words)
  const other = exitsOf(workflow.nodes[decision] as FlowNode).at(-1) ?? ''
  lead(workflow, { from: decision, exit: other }, target)
  return { decision, node }
}

/** Where the line goes on when a node is taken out: past a decision, into the first branch of a split, else its main exit. */
function pastOf(node: FlowNode): string | undefined {
  const exits = exitsOf(node)
  const exit = nodeTypeNamed(node.type)?.guards === undefined ? exits[0] : exits.at(-1)
  return exit === undefined ? undefined : node.on?.[exit]
}

function unlink(workflow: Workflow, id: string): void {
  const node = workflow.nodes[id]
  if (node === undefined) return
  const past = pastOf(node)
  for (const way of waysOf(workflow)) {
    if (way.to === id) lead(workflow, way, past === way.from || past === id ? undefined : past)
  }
  forget(workflow, id)
}

/** Takes a node out with everything that is said of it elsewhere. */
function forget(workflow: Workflow, id: string): void {
  delete workflow.nodes[id]
  if (workflow.drawing !== undefined) delete workflow.drawing[id]
  if (workflow.notes !== undefined) delete workflow.notes[id]
}

/** Takes a node out and joins its neighbours; what only it led to goes with it. The ids that went. */
export function removeNode(workflow: Workflow, id: string): string[] {
  if (id === workflow.start || workflow.nodes[id] === undefined) return []
  const before = reachable(workflow)
  const gone = [id]
  unlink(workflow, id)
  const after = reachable(workflow)
  for (const other of before) {
    if (other === id || after.has(other)) continue
    forget(workflow, other)
    gone.push(other)
  }
  for (const other of Object.keys(workflow.nodes)) {
    const gathers = nodeTypeNamed(workflow.nodes[other]?.type ?? '')?.gathers === true
    if (gathers && waysOf(workflow).filter(({ to }) => to === other).length <= 1) {
      unlink(workflow, other)
      gone.push(other)
    }
  }
  return gone
}

/** Leads an exit to a node, or nowhere. */
export function connect(workflow: Workflow, line: Line, to: string | undefined): void {
  lead(workflow, line, to)
}

/** The exits that a line drawn from a node may be meant for: those that lead nowhere, else all. */
export function exitsToDraw(node: FlowNode): string[] {
  const exits = exitsOf(node)
  const loose = exits.filter((exit) => node.on?.[exit] === undefined)
  return loose.length > 0 ? loose.slice(0, 1) : exits
}

/** Begin, one approval, end: what a form without a workflow starts with. */
export function firstWorkflow(
  id: string,
  form: string,
  name: string,
  labels: { start: string; end: string; refused: string },
  words: (type: NamedNodeType) => string,
): Workflow {
  const start = typeThat(({ starts }) => starts === true) as NamedNodeType
  const middle = typeThat(({ conditional }) => conditional !== undefined) as NamedNodeType
  const end = typeThat(({ ends }) => ends === true) as NamedNodeType
  const workflow: Workflow = {
    id,
    form,
    name,
    start: 'begin',
    nodes: {
      begin: fresh(start, labels.start),
      approved: fresh(end, labels.end),
      rejected: { ...fresh(end, labels.refused), status: 'rejected' },
    },
  }
  const line = { from: 'begin', exit: exitsOf(workflow.nodes.begin as FlowNode)[0] ?? 'next' }
  connect(workflow, line, 'approved')
  insertNode(workflow, line, middle.name, words)
  return workflow
}
