/** A form as the designer edits it 表单定义; defaults are left out, as in the files of an app. */
import type { Field, Json } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import type { After, Skin } from '@/ui/record/shape'
import type { DesignedEvent, DesignedRecognition } from './events/event'

export interface Section {
  id: string
  label: string
  fields?: string[]
  collapsed?: boolean
  shown_as?: 'section' | 'tab'
}

export interface Rule {
  id: string
  when: string
  show?: string[]
  require?: string[]
  read_only?: string[]
  hidden?: Hidden
}

/** What a field that a rule hides holds after a submit. */
export type Hidden = 'keep' | 'clear' | 'recompute'

export interface Unique {
  id: string
  fields: string[]
  message?: string
  filter?: Json
}

export interface Check {
  id: string
  that: string
  message: string
  fields?: string[]
}

export interface Audience {
  everyone?: boolean
  roles?: string[]
  departments?: string[]
  members?: string[]
}

export const OPERATIONS = ['create', 'read', 'update', 'delete', 'import', 'export'] as const
export type Operation = (typeof OPERATIONS)[number]

export interface PermissionGroup {
  id: string
  name: string
  to: Audience
  operations: Operation[]
  rows?: Json
  read?: string[] | null
  write?: string[] | null
  hide?: string[]
  enabled?: boolean
}

export interface View {
  id: string
  columns?: string[]
  sort?: { field: string; descending?: boolean }[]
  [more: string]: unknown
}

export interface Selection {
  id: string
  label: string
  form?: string
  aggregate?: string
  filter?: Json
  sort?: { field: string; descending?: boolean }[]
  into?: string
  fill?: Record<string, string>
  show?: string[]
}

/** A button that makes a record of `target`; `then_set` is what its own record is set to after. */
export interface Action {
  id: string
  label: string
  target: string
  when?: string
  fill?: Record<string, string>
  then_set?: Record<string, Json>
}

export interface Form {
  id: string
  name: string
  icon?: string
  description?: string
  title?: string | null
  fields?: Field[]
  sections?: Section[]
  grid?: number
  rules?: Rule[]
  checks?: Check[]
  uniques?: Unique[]
  hidden?: Hidden
  after?: After | null
  skin?: Skin
  views?: View[]
  columns?: string[]
  sort?: { field: string; descending?: boolean }[]
  groups?: PermissionGroup[]
  actions?: Action[]
  workflow?: string | null
  selections?: Selection[]
  events?: DesignedEvent[]
  recognitions?: DesignedRecognition[]
}

/** The fields inside a field whose value is rows; undefined for a plain field. */
export function columnsOf(field: Field): Field[] | undefined {
  const type = typeNamed(field.type)
  return type?.nested === undefined ? undefined : (type.nested(field) ?? [])
}

/** A field by its path: `amount`, or `lines.price` for a column of rows. */
export function fieldAt(form: Form, path: string): Field | undefined {
  const [head = '', column] = path.split('.')
  const field = form.fields?.find((each) => each.id === head)
  if (column === undefined || field === undefined) return field
  return (field as Field & { fields?: Field[] }).fields?.find((each) => each.id === column)
}

/** The list a path's field stands in; undefined when there is none. */
export function listAround(form: Form, path: string): Field[] | undefined {
  const [head = '', column] = path.split('.')
  if (column === undefined) return form.fields
  return (fieldAt(form, head) as (Field & { fields?: Field[] }) | undefined)?.fields
}

/** Fields and their columns as menus name them. */
export function named(form: Form): { id: string; label: string; nested?: { id: string; label: string }[] }[] {
  return (form.fields ?? []).map((field) => {
    const columns = columnsOf(field)
    return { id: field.id, label: field.label, ...(columns ? { nested: columns } : {}) }
  })
}

/** `patch` upon `target`: what is undefined is taken away, as defaults are left out. */
export function patched<T extends object>(target: T, patch: Partial<T>): void {
  for (const [key, value] of Object.entries(patch)) {
    if (value === undefined) delete (target as Record<string, unknown>)[key]
    else (target as Record<string, unknown>)[key] = value
  }
}
