/** The fields of its own record that a field's settings name 所涉字段: when they change, it is drawn again. */
import type { Json, Option } from '@/fields/field'
import { driversOf } from './drivers'

interface Settings {
  among?: { field?: string }
  filter?: Json
  source?: { filter?: Json } | null
  options?: Option[]
}

/** Every word of a condition that may be the id of a field. */
function wordsIn(text: string): string[] {
  return text.replace(/"(?:[^"]|"")*"/g, ' ').match(/[a-z][a-z0-9_]*/g) ?? []
}

/** Who may be chosen, what may be picked, where options come from, and when they are offered. */
export function mentionsOf({ among, filter, source, options = [] }: Settings): string[] {
  const conditions = options.flatMap(({ when }) => (when ? wordsIn(when) : []))
  const named = among?.field ? [among.field] : []
  return [...new Set([...named, ...driversOf({ filter }), ...driversOf(source ?? {}), ...conditions])]
}
