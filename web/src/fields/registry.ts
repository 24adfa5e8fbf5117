/** Every field type by name 字段类型词典: a file of this folder is a type, its name is the type's name. */
import type { FieldType, NamedFieldType } from './field'

const files = import.meta.glob<FieldType>(['./*.tsx', '!./*.test.tsx'], { eager: true, import: 'default' })

const types = new Map<string, NamedFieldType>(
  Object.entries(files).map(([path, type]) => {
    const name = path.slice(2, -4)
    return [name, { ...type, name } as unknown as NamedFieldType]
  }),
)

/** All types, in the order of their names. */
export function fieldTypes(): NamedFieldType[] {
  return [...types.values()]
}

/** The type of this name; undefined when the browser does not know the word (a newer server). */
export function typeNamed(name: string): NamedFieldType | undefined {
  return types.get(name)
}
