/** A node and its type, as the browser knows them 节点与节点类型: what every file of this folder must answer. */
import type { LucideIcon } from 'lucide-react'
import type { ComponentType } from 'react'
import type { Field, Json } from '@/fields/field'
import type { Hue } from '@/theme/tokens'

/** A node of a workflow: its own keys, and beside them the settings of its type. */
export interface Node {
  type: string
  label?: string
  /** Exit → the node it leads to. */
  on?: Record<string, string>
}

export type NodeOf<S> = Node & S

/** What a node's settings may ask of the designer they stand in. */
export interface NodeSurroundings {
  app: string
  form: string
  /** The form as in the draft, so that conditions may name fields that are not published yet. */
  definition: object
  fields: Field[]
  members: { id: string; name: string }[]
  departments: { id: string; name: string; parent?: string | null }[]
  roles: { id: string; name: string }[]
  /** Where the branches of a node that splits are gathered again, if anywhere. */
  gatherer?: string
  /** The other nodes of the workflow. */
  nodes: { id: string; type: string; label: string; asks?: boolean }[]
}

export interface NodeSettingsProps<S> {
  id: string
  node: NodeOf<S>
  onChange: (patch: Partial<NodeOf<S>>) => void
  context: NodeSurroundings
}

export interface NodeSummaryProps<S> {
  node: NodeOf<S>
  context: NodeSurroundings
}

export interface NodeType<S = object> {
  label: { zh: string; en: string }
  /** One sentence for the "+" menu. */
  hint: { zh: string; en: string }
  icon: LucideIcon
  hue: Hue
  /** The settings of a new node of this type. */
  blank: Omit<NodeOf<S>, 'type'>
  /** The ways out that this node has now, in the order in which they are drawn. */
  exits: (node: NodeOf<S>) => { id: string; label: { zh: string; en: string } | string }[]
  /** Whether a person may put it in by the "+" (start and end may not). */
  insertable?: boolean
  /** Its place in the "+" menu; 50 when absent. */
  order?: number
  /** Whether a workflow may begin here. */
  starts?: boolean
  /** Whether the workflow is over here. */
  ends?: boolean
  /** The condition of each way out, for a type that decides. */
  guards?: (node: NodeOf<S>) => Record<string, string>
  /** Whether it waits for a person, so that it can be returned to. */
  asks?: boolean
  /** All ways out are taken at once; put in together with a type that gathers. */
  splits?: boolean
  gathers?: boolean
  /** Its name in the "+" menu when it is put in behind a condition. */
  conditional?: { zh: string; en: string }
  /** Where the ways out of a new node lead, when its main way leads to `target`; only the main way when absent. */
  wire?: (target: string, nodes: Record<string, Node & Record<string, unknown>>) => Record<string, string>
  Settings?: ComponentType<NodeSettingsProps<S>>
  /** How many lines the summary takes on the canvas; one when absent. */
  lines?: (node: NodeOf<S>) => number
  /** What stands below the name on the canvas: who, how, until when. */
  Summary?: ComponentType<NodeSummaryProps<S>>
}

// biome-ignore lint/suspicious/noExplicitAny: settings differ from type to type; each file knows its own
export type NamedNodeType = NodeType<any> & { name: string }

export type Settings = Record<string, Json>

/** `export default nodeType<{ assignees?: … }>({ … })`: checks the shape, changes nothing. */
export function nodeType<S = object>(type: NodeType<S>): NodeType<S> {
  return type
}
