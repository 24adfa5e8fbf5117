/** Ids of new fields 字段标识: readable, unique, given once. */
import type { Field } from '@/fields/field'

const MOST = 60

/** `Order no.` → `order_no`; '' when the label is not written in ASCII letters. */
export function slugOf(label: string): string {
  const trimmed = label.trim()
  if (!/^[\x20-\x7e]+$/.test(trimmed)) return ''
  const slug = trimmed
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
  return slug.slice(0, MOST)
}

/** `wish`, or `wish_2`, `wish_3`… */
export function free(wish: string, taken: Iterable<string>): string {
  const used = new Set(taken)
  if (!used.has(wish)) return wish
  let count = 2
  while (used.has(`${wish}_${count}`)) count += 1
  return `${wish}_${count}`
}

/** The id of a new field: from its label when that is ASCII, else from its type and a number. */
export function proposeId(type: string, label: string, taken: Iterable<string>): string {
  const used = new Set(taken)
  const slug = slugOf(label)
  if (slug !== '') return free(slug, used)
  let count = 1
  while (used.has(`${type}_${count}`)) count += 1
  return `${type}_${count}`
}

/** Whether the id was proposed from the type, so that a better one may take its place. */
export function isProposed(field: Field): boolean {
  return new RegExp(`^${field.type}_\\d+$`).test(field.id)
}

/** A legal id. */
export function isSlug(text: string): boolean {
  return /^[a-z][a-z0-9_]{0,62}$/.test(text)
}
