/** What a form says of a field elsewhere 字段引用: kept right when the field is renamed or removed. */
import type { Field } from '@/fields/field'
import { same } from '@/lib/merge'
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

type Names = ReadonlyMap<string, string>

const THIS = '@this.'

/** The expression with other names for fields; texts in quotes and functions stay. */
function inText(text: string, names: Names): string {
  return text.replace(/"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_.]*(?!\s*\(|[\p{L}\p{N}_.])/gu, (word) => {
    if (word.startsWith('"')) return word
    const steps = word.split('.')
    for (let length = steps.length; length > 0; length -= 1) {
      const next = names.get(steps.slice(0, length).join('.'))
      if (next !== undefined) return [next, ...steps.slice(length)].join('.')
    }
    return word
  })
}

/** The setting with other names where it speaks of fields of its own form. */
function inSetting(value: unknown, key: string, names: Names, room = ''): unknown {
  const named = (id: string) => names.get(id) ?? id
  if (typeof value === 'string') {
    if (value.startsWith(THIS)) return THIS + named(value.slice(THIS.length))
    if (key === 'formula' || key === 'default_formula' || key === 'when') return inText(value, names)
    if (key === 'link') return value.replace(/\{([a-z][a-z0-9_]*)\}/g, (_, id: string) => `{${named(id)}}`)
    return key === 'field' && (room === 'among' || room === 'segments') ? named(value) : value
  }
  if (Array.isArray(value)) return value.map((each) => inSetting(each, key, names, room))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, inSetting(each, name, names, key)]))
}

/** The field, and its columns, with other names for fields of its form; in rows, columns come before fields. */
export function followed(field: Field, names: Names): Field {
  const { fields: columns, ...own } = field as Field & { fields?: Field[] }
  const next = names.size === 0 ? own : (inSetting(own, '', names) as Field)
  if (columns === undefined) return next
  const hidden = new Set(columns.map(({ id }) => id))
  const outer = new Map([...names].filter(([name]) => !hidden.has(name)))
  return { ...next, fields: columns.map((column) => followed(column, outer)) } as Field
}

/** A list of fields whose columns or formulas speak of a field that has another name now; what does not is left alone. */
function follow(list: Field[], names: Names): void {
  for (const [at, field] of list.entries()) {
    const next = followed(field, names)
    if (!same(field, next)) list[at] = next
  }
}

/** Gives a field that is not published yet another id, everywhere in its form. */
export function renameField(form: Form, path: string, id: string): string {
  const field = fieldAt(form, path)
  const next = [...path.split('.').slice(0, -1), id].join('.')
  if (field === undefined || field.id === id) return path
  const [before, names] = [field.id, new Map([[path, next]])]
  field.id = id
  const moved = (each: string) =>
    each === path ? next : each.startsWith(`${path}.`) ? next + each.slice(path.length) : each
  eachList(form, (list) => list.map(moved))
  if (form.title === path) form.title = next
  follow(form.fields ?? [], names)
  if (path !== before) follow(listAround(form, next) ?? [], new Map([[before, id]]))
  for (const rule of form.rules ?? []) rule.when = inText(rule.when, names)
  for (const check of form.checks ?? []) check.that = inText(check.that, names)
  for (const action of form.actions ?? []) if (action.when) action.when = inText(action.when, names)
  return next
}
