/** Where fields stand 布局: sections, order, moving and copying. All functions change the form they are given. */
import type { Field } from '@/fields/field'
import { type Form, fieldAt, listAround, type Section } from './definition'

export interface Block {
  section: Section | null
  fields: Field[]
}

/** A place for a field: the section ('' for none) or the rows it goes into, and the field it goes before (null: last). */
export interface Spot {
  section: string
  rows?: string
  before: string | null
}

/** What the page shows from top to bottom: fields without a section first. */
export function blocksOf(form: Form): Block[] {
  const fields = form.fields ?? []
  const byId = new Map(fields.map((field) => [field.id, field]))
  const sections = form.sections ?? []
  const placed = new Set(sections.flatMap((section) => section.fields ?? []))
  const loose = fields.filter((field) => !placed.has(field.id))
  return [
    { section: null, fields: loose },
    ...sections.map((section) => ({ section, fields: (section.fields ?? []).flatMap((id) => byId.get(id) ?? []) })),
  ]
}

/** Every path in the order of the page; columns follow their field. */
export function pathsOf(form: Form, withColumns = false): string[] {
  return blocksOf(form).flatMap(({ fields }) =>
    fields.flatMap((field) => {
      const columns = withColumns ? ((field as Field & { fields?: Field[] }).fields ?? []) : []
      return [field.id, ...columns.map((column) => `${field.id}.${column.id}`)]
    }),
  )
}

function orders(form: Form): string[][] {
  return blocksOf(form).map(({ fields }) => fields.map((field) => field.id))
}

function arrange(form: Form, order: string[][]): void {
  const byId = new Map((form.fields ?? []).map((field) => [field.id, field]))
  form.fields = order.flat().flatMap((id) => byId.get(id) ?? [])
  for (const [at, section] of (form.sections ?? []).entries()) section.fields = order[at + 1] ?? []
}

function blockAt(form: Form, section: string): number {
  return (form.sections ?? []).findIndex((each) => each.id === section) + 1
}

function spliced(list: string[], ids: string[], before: string | null): string[] {
  let anchor = before
  while (anchor !== null && ids.includes(anchor)) anchor = list[list.indexOf(anchor) + 1] ?? null
  const rest = list.filter((id) => !ids.includes(id))
  const at = anchor === null ? rest.length : rest.indexOf(anchor)
  return [...rest.slice(0, at), ...ids, ...rest.slice(at)]
}

/** Puts a new field into its place; its path is answered. */
export function insertField(form: Form, field: Field, spot: Spot): string {
  if (spot.rows !== undefined) {
    const owner = fieldAt(form, spot.rows) as Field & { fields?: Field[] }
    const columns = owner.fields ?? []
    const at = spot.before === null ? columns.length : columns.findIndex((each) => each.id === spot.before)
    owner.fields = [...columns.slice(0, at), field, ...columns.slice(at)]
    return `${spot.rows}.${field.id}`
  }
  form.fields = [...(form.fields ?? []), field]
  moveFields(form, [field.id], spot)
  return field.id
}

/** Moves fields, in their order on the page, to a place; columns only within their rows. */
export function moveFields(form: Form, paths: string[], spot: Spot): void {
  if (spot.rows !== undefined) {
    const owner = fieldAt(form, spot.rows) as Field & { fields?: Field[] }
    const ids = paths.map((path) => path.split('.')[1] ?? '')
    const byId = new Map((owner.fields ?? []).map((field) => [field.id, field]))
    owner.fields = spliced([...byId.keys()], ids, spot.before).flatMap((id) => byId.get(id) ?? [])
    return
  }
  const ids = pathsOf(form).filter((id) => paths.includes(id))
  const at = blockAt(form, spot.section)
  const order = orders(form).map((list, block) =>
    block === at ? spliced(list, ids, spot.before) : list.filter((id) => !ids.includes(id)),
  )
  arrange(form, order)
}

/** One place up (-1) or down (1), into the neighbouring section at its edge. */
export function stepFields(form: Form, paths: string[], direction: -1 | 1): void {
  const [first = ''] = paths
  const rows = first.includes('.') ? first.split('.')[0] : undefined
  if (rows !== undefined) {
    const ids = (listAround(form, first) ?? []).map((field) => field.id)
    stepWithin(form, ids, paths, direction, rows)
    return
  }
  const order = orders(form)
  const block = order.findIndex((list) => list.includes(first))
  if (stepWithin(form, order[block] ?? [], paths, direction)) return
  const next = block + direction
  if (next < 0 || next >= order.length) return
  const section = form.sections?.[next - 1]?.id ?? ''
  moveFields(form, paths, { section, before: direction === 1 ? (order[next]?.[0] ?? null) : null })
}

function stepWithin(form: Form, ids: string[], paths: string[], direction: -1 | 1, rows?: string): boolean {
  const own = paths.map((path) => path.split('.').at(-1) ?? '')
  const places = own.map((id) => ids.indexOf(id)).filter((at) => at >= 0)
  const edge = direction === -1 ? Math.min(...places) - 1 : Math.max(...places) + 1
  if (edge < 0 || edge >= ids.length) return false
  const before = direction === -1 ? (ids[edge] ?? null) : (ids[edge + 1] ?? null)
  const section = form.sections?.find((each) => each.fields?.includes(own[0] ?? ''))?.id ?? ''
  moveFields(form, paths, rows === undefined ? { section, before } : { section, rows, before })
  return true
}

/** The place right after a field. */
export function spotAfter(form: Form, path: string): Spot {
  const [head = '', column] = path.split('.')
  const list = column === undefined ? (orders(form).find((ids) => ids.includes(head)) ?? []) : idsAround(form, path)
  const before = list[list.indexOf(column ?? head) + 1] ?? null
  const section = form.sections?.find((each) => each.fields?.includes(head))?.id ?? ''
  return column === undefined ? { section, before } : { section, rows: head, before }
}

function idsAround(form: Form, path: string): string[] {
  return (listAround(form, path) ?? []).map((field) => field.id)
}

/** Removes a section; its fields stay, in the section above. */
export function removeSection(form: Form, id: string): void {
  const at = blockAt(form, id)
  const order = orders(form)
  order[at - 1] = [...(order[at - 1] ?? []), ...(order[at] ?? [])]
  order.splice(at, 1)
  form.sections = (form.sections ?? []).filter((section) => section.id !== id)
  arrange(form, order)
}
