/** The names of the nodes on a way 节点名称: a node that is no more is known by the way that came by it. */
import type { components } from '@/api/schema'
import type { Names } from '../proofs/names'

type Row = components['schemas']['DryRunRow']
type Way = Row['before']

/** A node's name as this way knows it. */
export function nodeIn(names: Names, node: string, ...ways: Way[]): string {
  const stop = ways.flatMap(({ stops }) => stops).find((each) => each.node === node)
  return stop?.label ?? names.node(node)
}

/** Where a way waits, in words. */
export function waitsOf(names: Names, way: Way): string {
  return names.people(way.waiting.map((id) => nodeIn(names, id, way)))
}
