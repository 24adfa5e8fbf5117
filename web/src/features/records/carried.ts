/** Values carried from one record to a new one 带值新建: a copy, a child, a conversion. */
import type { Values } from '@/fields/field'

/** The record whose action the new one comes from. */
export interface Source {
  form: string
  record: string
  action: string
}

const waiting = new Map<string, { values: Values; source?: Source }>()

/** The next new record of `form` begins with these values. */
export function carry(form: string, values: Values, source?: Source): void {
  waiting.set(form, { values, source })
}

/** What a new record of `form` begins with. */
export function carried(form: string): Values {
  return waiting.get(form)?.values ?? {}
}

/** What the new record of `form` comes from. */
export function sourceOf(form: string): Source | undefined {
  return waiting.get(form)?.source
}

/** The next one begins afresh. */
export function uncarry(form: string): void {
  waiting.delete(form)
}
