/** Aggregates of a draft 聚合表: as data, as a form whose fields are their columns, and where they are used. */
import type { Field, Json } from '@/fields/field'
import { fieldTypes, typeNamed } from '@/fields/registry'
import type { Filter } from './filter'
import { nestedOf } from './shape'

/** What of a draft is read here. */
interface Drafted {
  parts: Record<string, unknown>
}

export interface Dimension {
  id: string
  field: string
  unit?: '' | 'day' | 'week' | 'month' | 'quarter' | 'year'
  label?: string
}

export interface Reckoned {
  id: string
  operation: 'count' | 'sum' | 'average' | 'min' | 'max'
  field?: string
  expression?: string
  label?: string
  filter?: Filter
}

export interface Aggregate {
  id: string
  name: string
  form: string
  /** The subform whose rows are counted instead of records. */
  rows?: string
  filter?: Filter
  groups?: Dimension[]
  measures?: Reckoned[]
}

interface DraftForm {
  id: string
  name: string
  fields?: Field[]
}

/** A form, or an aggregate seen as one. */
export interface Sourced {
  id: string
  name: string
  fields: Field[]
}

const formsOf = (draft: Drafted) =>
  Object.entries(draft.parts).flatMap(([name, part]) =>
    name.startsWith('forms/') ? [part as unknown as DraftForm] : [],
  )

/** The aggregates of the draft, by name. */
export function aggregatesOf(draft: Drafted): Aggregate[] {
  const found = Object.entries(draft.parts).flatMap(([name, part]) =>
    name.startsWith('aggregates/') ? [part as unknown as Aggregate] : [],
  )
  return found.sort((one, other) => one.name.localeCompare(other.name))
}

const [WORDS, NUMBERS] = ['text', 'number'] as const
const ofSystem = (id: string) =>
  fieldTypes().find((each) => (id.endsWith('_by') ? each.people === 'member' : each.shape === 'datetime'))?.name

function fieldAt(forms: DraftForm[], form: DraftForm, path: string): Field | undefined {
  const [head, rest] = path.split('.')
  const field = form.fields?.find(({ id }) => id === head)
  if (field === undefined || rest === undefined) return field
  const nested = nestedOf(field)
  if (nested.length > 0) return nested.find(({ id }) => id === rest)
  const target = typeNamed(field.type)?.points?.(field).form
  return forms.find(({ id }) => id === target)?.fields?.find(({ id }) => id === rest)
}

const SYSTEM = ['created_at', 'created_by', 'updated_at', 'updated_by']

/** The aggregate as the server sees it when it is a source. */
export function asForm(aggregate: Aggregate, forms: DraftForm[]): Sourced {
  const form = forms.find(({ id }) => id === aggregate.form)
  const at = (path: string | undefined) => (form && path ? fieldAt(forms, form, path) : undefined)
  const bare = (type: string | undefined, id: string, label: string): Field =>
    ({ id, label, type: type ?? '' }) as Field
  const groups = (aggregate.groups ?? []).map(({ id, field, unit, label }) => {
    const found = at(field)
    const name = label || found?.label || id
    if (unit) return bare(WORDS, id, name)
    if (found) return { ...found, id, label: name, required: false } as Field
    return bare(SYSTEM.includes(field) ? ofSystem(field) : WORDS, id, name)
  })
  const measures = (aggregate.measures ?? []).map(({ id, operation, field, label }) => {
    const found = at(field)
    const name = label || found?.label || id
    const alike = found !== undefined && (operation === 'min' || operation === 'max')
    return alike ? ({ ...found, id, label: name, required: false } as Field) : bare(NUMBERS, id, name)
  })
  return { id: aggregate.id, name: aggregate.name, fields: [...groups, ...measures] }
}

/** All of the draft's as forms. */
export function sourcedOf(draft: Drafted): Sourced[] {
  const forms = formsOf(draft)
  return aggregatesOf(draft).map((each) => asForm(each, forms))
}

type Thing = { [key: string]: Json } & { aggregate?: string; label?: string }

function within(thing: unknown, id: string, around: string): string[] {
  if (Array.isArray(thing)) return thing.flatMap((each) => within(each, id, around))
  if (thing === null || typeof thing !== 'object') return []
  const { aggregate, label, ...rest } = thing as Thing
  const here = typeof label === 'string' && label ? label : around
  return [...(aggregate === id ? [here] : []), ...Object.values(rest).flatMap((each) => within(each, id, here))]
}

/** Which fields and buttons of which forms take values from the aggregate, in words. */
export function usesOf(draft: Drafted, id: string): string[] {
  return formsOf(draft).flatMap((form) => [...new Set(within(form, id, ''))].map((label) => `${form.name} › ${label}`))
}
