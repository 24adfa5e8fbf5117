/** Values carried from one record to a new one 带值新建: a copy, a child, a conversion. */
import type { Values } from '@/fields/field'

const waiting = new Map<string, Values>()

/** The next new record of `form` begins with these values. */
export function carry(form: string, values: Values): void {
  waiting.set(form, values)
}

/** What a new record of `form` begins with. */
export function carried(form: string): Values {
  return waiting.get(form) ?? {}
}

/** The next one begins afresh. */
export function uncarry(form: string): void {
  waiting.delete(form)
}
