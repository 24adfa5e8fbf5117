/** A workflow as the designer edits it 流程定义; defaults are left out, as in the files of an app. */
import type { Node } from '../node'

/** A node with the settings of its type beside its own keys. */
export type FlowNode = Node & Record<string, unknown>

export interface Workflow {
  id: string
  form: string
  name: string
  start: string
  nodes: Record<string, FlowNode>
  /** Where a person put the nodes; empty: laid out by itself. */
  drawing?: Record<string, [number, number]>
  /** Remarks on nodes for those who draw; they mean nothing. */
  notes?: Record<string, string>
  /** The fields that a task's card shows. */
  brief?: string[]
  withdraw?: 'off' | 'until_acted' | 'every_node' | 'always'
  same_person?: 'ask' | 'agree_adjacent' | 'agree_history'
}

/** An arrow: a node's exit. */
export interface Line {
  from: string
  exit: string
}

export interface Way extends Line {
  to: string
}

/** A line's name on the canvas. */
export function nameOf({ from, exit }: Line): string {
  return `${from}/${exit}`
}
