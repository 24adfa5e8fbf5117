/** Every node type by name 节点类型词典: a file of this folder is a type, its name is the type's name. */
import type { NamedNodeType, NodeType } from './node'

const files = import.meta.glob<NodeType>(['./*.tsx', '!./*.test.tsx'], { eager: true, import: 'default' })

const types = new Map<string, NamedNodeType>(
  Object.entries(files).map(([path, type]) => {
    const name = path.slice(2, -4)
    return [name, { ...type, name } as unknown as NamedNodeType]
  }),
)

/** All types, in the order of their names. */
export function nodeTypes(): NamedNodeType[] {
  return [...types.values()]
}

/** The type of this name; undefined when the browser does not know the word (a newer server). */
export function nodeTypeNamed(name: string): NamedNodeType | undefined {
  return types.get(name)
}
