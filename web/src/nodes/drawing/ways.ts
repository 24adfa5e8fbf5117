/** The ways of a workflow 流转: which exits there are, where they lead, what can be reached. */
import { nodeTypeNamed } from '../registry'
import type { FlowNode, Way, Workflow } from './definition'

/** The ids of a node's exits, the main one first. */
export function exitsOf(node: FlowNode): string[] {
  return (
    nodeTypeNamed(node.type)
      ?.exits(node)
      .map(({ id }) => id) ?? Object.keys(node.on ?? {})
  )
}

/** Every arrow that leads somewhere, in the order in which the nodes are drawn. */
export function waysOf(workflow: Workflow): Way[] {
  return Object.entries(workflow.nodes).flatMap(([from, node]) => {
    const known = exitsOf(node)
    const all = [...known, ...Object.keys(node.on ?? {}).filter((exit) => !known.includes(exit))]
    return all.flatMap((exit) => {
      const to = node.on?.[exit]
      return to !== undefined && to in workflow.nodes ? [{ from, exit, to }] : []
    })
  })
}

/** What can be reached from the start. */
export function reachable(workflow: Workflow): Set<string> {
  const found = new Set([workflow.start])
  for (const id of found) {
    for (const to of Object.values(workflow.nodes[id]?.on ?? {})) if (to in workflow.nodes) found.add(to)
  }
  return found
}
