/** A form as the browser knows it 表单: its fields, its sections, and what the asker may do with it. */
import type { GetAnswer } from '@/api/client'
import type { Field, Json, Values } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import type { Filter } from './filter'

export interface Sort {
  field: string
  descending?: boolean
}

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
}

export type Offer = 'record' | 'another' | 'list'

/** What is shown when a new record was sent; `{field}` stands for its value. */
export interface After {
  prompt?: string
  offers?: Offer[]
}

/** A long form at once, section by section, or one question after another. */
export type Paging = 'page' | 'steps' | 'questions'

/** The colour of the form's head, and how close its fields stand. */
export interface Skin {
  hue?: string
  cover?: 'plain' | 'tint' | 'band'
  density?: 'comfortable' | 'compact'
  /** What a fill page shows at a time. */
  paging?: Paging
}

export interface View {
  id: string
  name: string
  filter?: Filter
  sort?: Sort[]
  columns?: string[]
}

export interface Action {
  id: string
  label: string
  target: string
  fill?: Record<string, string>
  when?: string
  then_set?: Record<string, unknown>
}

/** A button that copies fields of picked records: into rows of `into`, or into the record itself. */
export interface Selection {
  id: string
  label: string
  form?: string
  aggregate?: string
  filter?: Filter
  sort?: Sort[]
  into?: string
  fill?: Record<string, string>
  show?: string[]
}

/** An event as the browser knows it: when to ask the server for suggestions, and for which fields. */
export interface FormEvent {
  id: string
  label: string
  on: 'change' | 'press' | 'open'
  fields: string[]
  when?: string
  fills: string[]
  /** The subform of whose rows it speaks; `fields` and `fills` are columns of it then. */
  rows?: string
}

/** A way to fill fields in from a picture or a text. */
export interface Recognition {
  id: string
  label: string
  source: 'picture' | 'text'
  fills: string[]
}

export interface FormDefinition {
  id: string
  name: string
  icon?: string
  description?: string
  title?: string
  fields?: Field[]
  sections?: Section[]
  /** How many columns the page has; 2 unless told. */
  grid?: number
  rules?: Rule[]
  after?: After | null
  skin?: Skin
  views?: View[]
  columns?: string[]
  sort?: Sort[]
  actions?: Action[]
  selections?: Selection[]
  events?: FormEvent[]
  recognitions?: Recognition[]
  workflow?: string
}

export interface TargetForm {
  name: string
  title?: string
  fields?: Field[]
  can_create?: boolean
  can_read?: boolean
}

/** A form's definition, its trees, and the asker's grant. */
export interface FormShape {
  app: string
  form: string
  version: number
  definition: FormDefinition
  trees: Record<string, unknown>
  operations: string[]
  readable: string[]
  writable: string[]
  forms: Record<string, TargetForm>
}

/** The server's answer, read as what it is. */
export function shapeOf(answer: GetAnswer<'/api/apps/{app}/forms/{form}'>): FormShape {
  return answer as unknown as FormShape
}

/** Those that hold a value: no dividers, no buttons. */
export function valued(fields: Field[] | undefined): Field[] {
  return (fields ?? []).filter((field) => typeNamed(field.type)?.valued !== false)
}

/** The fields of a form that hold a value. */
export function fieldsOf(shape: FormShape): Field[] {
  return valued(shape.definition.fields)
}

export interface Part {
  id: string
  label: string
  collapsed: boolean
  /** Behind a row of tabs, with its neighbours that are too. */
  tab: boolean
  fields: Field[]
}

/** The page of a form: fields without a section first, then the sections in their order. */
export function partsOf(definition: FormDefinition): Part[] {
  const fields = definition.fields ?? []
  const sections = definition.sections ?? []
  const placed = new Set(sections.flatMap((each) => each.fields ?? []))
  const rest = fields.filter((each) => !placed.has(each.id))
  const parts = sections.map(({ id, label, collapsed = false, shown_as, fields: ids = [] }) => ({
    id,
    label,
    collapsed,
    tab: shown_as === 'tab',
    fields: ids.flatMap((each) => fields.filter((field) => field.id === each)),
  }))
  return rest.length > 0 ? [{ id: '', label: '', collapsed: false, tab: false, fields: rest }, ...parts] : parts
}

/** Whether nobody types this field: a formula, or a number that the machine gives. */
export function isComputed(field: Field): boolean {
  return Boolean(field.formula) || typeNamed(field.type)?.given === true
}

/** The fields inside a field: the columns of its rows. */
export function nestedOf(field: Field): Field[] {
  return typeNamed(field.type)?.nested?.(field) ?? []
}

/** What a copy begins with: the values of these fields, without what is given once, in rows too. */
export function copyOf(fields: Field[], values: Values): Values {
  const lasting = fields.filter((field) => typeNamed(field.type)?.copyable !== false)
  return Object.fromEntries(
    lasting.map((field) => {
      const value = values[field.id] ?? null
      const columns = nestedOf(field)
      const rows = columns.length > 0 && Array.isArray(value) ? (value as Values[]) : undefined
      return [field.id, rows?.map((row) => copyOf(columns, row)) ?? value]
    }),
  )
}

/** Whether a value says nothing. */
export function isBlank(value: Json | undefined): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}

/** Whether two values say the same. */
export function isSame(one: Json | undefined, other: Json | undefined): boolean {
  if (isBlank(one) && isBlank(other)) return true
  return JSON.stringify(one) === JSON.stringify(other)
}

/** Only these keys of values. */
export function only(values: Values, keys: Iterable<string>): Values {
  return Object.fromEntries([...keys].map((key) => [key, values[key] ?? null]))
}
