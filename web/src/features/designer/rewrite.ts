/** What a form says of a field elsewhere 字段引用: kept right when the field is renamed or removed. */
import type { Field } from '@/fields/field'
import { type Form, fieldAt, listAround } from './definition'

const LISTS = ['show', 'require', 'read_only', 'fields', 'read', 'write', 'hide', 'columns'] as const

type Owner = Partial<Record<(typeof LISTS)[number], string[] | null>>

function owners(form: Form): Owner[] {
  const { sections = [], rules = [], checks = [], groups = [], views = [] } = form
  return [...sections, ...rules, ...checks, ...groups, ...views, { columns: form.columns }] as Owner[]
}

function eachList(form: Form, change: (list: string[]) => string[]): void {
  for (const owner of owners(form)) {
    for (const key of LISTS) {
      const list = owner[key]
      if (Array.isArray(list)) owner[key] = change(list)
    }
  }
  if (form.columns !== undefined) form.columns = change(form.columns)
}

/** Takes fields out of the form, and their names out of its lists; formulas that used them are reported as problems. */
export function removeFields(form: Form, paths: string[]): void {
  for (const path of paths) {
    const list = listAround(form, path)
    const at = list?.findIndex((field) => field.id === path.split('.').at(-1)) ?? -1
    if (list !== undefined && at >= 0) list.splice(at, 1)
  }
  const gone = (id: string) => paths.includes(id) || paths.includes(id.split('.')[0] ?? '')
  eachList(form, (list) => list.filter((id) => !gone(id)))
  if (form.title && gone(form.title)) delete form.title
  if (form.sort !== undefined) form.sort = form.sort.filter(({ field }) => !gone(field))
  for (const view of form.views ?? []) if (view.sort) view.sort = view.sort.filter(({ field }) => !gone(field))
}

function inText(text: string, from: string, to: string): string {
  return text.replace(/"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_.]*/gu, (word) => {
    if (word.startsWith('"')) return word
    if (word === from) return to
    return word.startsWith(`${from}.`) ? to + word.slice(from.length) : word
  })
}

function renameIn(field: Field, from: string, to: string): void {
  if (field.formula) field.formula = inText(field.formula, from, to)
  if (field.default_formula) field.default_formula = inText(field.default_formula, from, to)
  for (const option of (field as { options?: { when?: string }[] }).options ?? [])
    if (option.when) option.when = inText(option.when, from, to)
  const columns = (field as Field & { fields?: Field[] }).fields ?? []
  for (const column of columns) renameIn(column, from, to)
}

/** Gives a field that is not published yet another id, everywhere in its form. */
export function renameField(form: Form, path: string, id: string): string {
  const field = fieldAt(form, path)
  const next = [...path.split('.').slice(0, -1), id].join('.')
  if (field === undefined || field.id === id) return path
  field.id = id
  const moved = (each: string) =>
    each === path ? next : each.startsWith(`${path}.`) ? next + each.slice(path.length) : each
  eachList(form, (list) => list.map(moved))
  if (form.title === path) form.title = next
  for (const each of form.fields ?? []) renameIn(each, path, next)
  for (const rule of form.rules ?? []) rule.when = inText(rule.when, path, next)
  for (const check of form.checks ?? []) check.that = inText(check.that, path, next)
  return next
}
