/** What drives a question about another form 驱动字段: the fields of this record that its filter speaks of. */
import type { Json } from '@/fields/field'

/** Their ids, each once. */
export function driversOf({ filter }: { filter?: Json }): string[] {
  const found = [...JSON.stringify(filter ?? null).matchAll(/"@this\.(\w+)"/g)].map(([, name = '']) => name)
  return [...new Set(found)]
}
