/** The proof that something is wrong 反例: the way it takes, and with which values. */
import type { Field } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import type { Workflow } from '@/nodes/drawing/definition'
import type { Trouble } from '@/ui/design/draft'
import { within } from '@/ui/design/problem-list'

/** The nodes on the way of a counter-example; none when the problem has no way. */
export function wayOf(workflow: Workflow, problem: Trouble): string[] {
  const { nodes, path } = (problem.params ?? {}) as { nodes?: unknown; path?: unknown }
  const way = Array.isArray(nodes) ? nodes : Array.isArray(path) ? path : []
  const said = way.filter((id): id is string => typeof id === 'string' && id in workflow.nodes)
  const place = within(`workflows/${workflow.id}`, problem.path)
  return said.length > 1 || place?.[0] !== 'nodes' ? said : shortest(workflow, String(place[1]))
}

/** A shortest way from the start to a node; none when it cannot be reached. */
function shortest(workflow: Workflow, target: string): string[] {
  const before = new Map<string, string>([[workflow.start, '']])
  for (const id of before.keys()) {
    if (id === target) break
    for (const to of Object.values(workflow.nodes[id]?.on ?? {})) {
      if (to in workflow.nodes && !before.has(to)) before.set(to, id)
    }
  }
  const line: string[] = []
  for (let at: string | undefined = target; at; at = before.get(at)) line.unshift(at)
  return before.has(target) ? line : []
}

/** The values of a counter-example in words: "金额 = 5000, 类型 = 新签". */
export function exampleOf(problem: Trouble, fields: Field[]): string {
  const { example } = (problem.params ?? {}) as { example?: unknown }
  if (typeof example === 'string') return example
  if (typeof example !== 'object' || example === null) return ''
  return Object.entries(example as Record<string, unknown>)
    .map(([id, value]) => {
      const field = fields.find((each) => each.id === id)
      const read = field ? typeNamed(field.type)?.read : undefined
      const said = field && read ? read(field, value as never, (each) => each) : String(value ?? '')
      return `${field?.label ?? id} = ${said === '' ? '∅' : said}`
    })
    .join(', ')
}
