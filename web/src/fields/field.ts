/** A field and its type, as the browser knows them 字段与字段类型: what every file of this folder must answer. */
import type { LucideIcon } from 'lucide-react'
import type { ComponentType } from 'react'
import type { Hue } from '@/theme/tokens'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type Values = Record<string, Json>
export type Width = 'auto' | 'full' | 'half' | 'third' | 'quarter'
/** What storage understands; the same six words as on the server. */
export type Kind = 'text' | 'number' | 'boolean' | 'time' | 'list' | 'rows'
export type Group = 'basic' | 'choice' | 'people' | 'files' | 'advanced' | 'layout'

/** One of the answers to a choice: a stable id, a free label, a hue; a retired one is read but not chosen. */
export interface Option {
  id: string
  label: string
  color?: Hue | ''
  retired?: boolean
  /** The condition under which it is offered. */
  when?: string
}

/** Where options come from: what `field` holds in the records of `form` that answer `filter`. */
export interface Origin {
  form: string
  field: string
  filter?: Json
}

/** A default from elsewhere: what the first record of `form` that answers `filter` holds in `field`. */
export interface Linkage {
  form?: string
  /** Instead of a form. */
  aggregate?: string
  field: string
  filter?: Json
  sort?: { field: string; descending?: boolean }[]
}

/** A field of a form: its own keys, and beside them the settings of its type. */
export interface Field {
  id: string
  type: string
  label: string
  help?: string
  placeholder?: string
  required?: boolean
  unique?: boolean
  default?: Json
  default_formula?: string
  linkage?: Linkage
  formula?: string
  read_only?: boolean
  hidden?: boolean
  width?: Width
  scan?: boolean
}

/** A field together with the settings `S` of its type, e.g. `FieldOf<{ stars?: number }>`. */
export type FieldOf<S> = Field & S

/** The record around a value, as far as a cell may need it. */
export interface AroundValue {
  id: string
  values: Values
  /** Titles of the records that `values` refer to, by id, as the server sent them. */
  titles?: Record<string, string>
}

export interface InputProps<S, V extends Json = Json> {
  field: FieldOf<S>
  value: V | null
  onChange: (value: V | null) => void
  /** Shown, not changed: what the grant or the form says. */
  readOnly?: boolean
  disabled?: boolean
  /** For the label's `htmlFor`. */
  id?: string
  status?: 'error' | 'warning'
  /** Ids of the elements that describe the input: help and error. */
  describedBy?: string
  /** All values of the form being filled; for a row of a subform, the row's. */
  values?: Values
  /** Sets other fields at the same time, e.g. what a reference fills. */
  onFill?: (values: Values) => void
  /** What formulas may read through a picked record; for types that point to records. */
  onPick?: (id: string, values: Values) => void
  /** What is wrong inside of the value, by the path below it; for types whose value has parts. */
  problems?: { path: (string | number)[]; detail: string }[]
}

export interface CellProps<S, V extends Json = Json> {
  field: FieldOf<S>
  value: V | null
  record?: AroundValue
}

export interface SettingsProps<S> {
  field: FieldOf<S>
  onChange: (patch: Partial<FieldOf<S>>) => void
}

/** An operand of a filter: a filter's value can be a list (`in`, `between`), the field's own value cannot. */
export interface FilterInputProps<S> {
  field: FieldOf<S>
  operator: string
  value: Json
  onChange: (value: Json) => void
}

export interface FieldType<S = object, V extends Json = Json> {
  label: { zh: string; en: string }
  icon: LucideIcon
  group: Group
  /** Its place among those of its group: the commonest first. */
  rank?: number
  kind: Kind
  /** The settings of a new field of this type. */
  blank: Partial<Field> & S
  /** Its own settings in the designer; the field's common settings are drawn by the designer. */
  Settings?: ComponentType<SettingsProps<S>>
  Input: ComponentType<InputProps<S, V>>
  /** One line in a list. */
  Cell: ComponentType<CellProps<S, V>>
  /** In a record, where there is more room than in a cell; the cell when absent. */
  Display?: ComponentType<CellProps<S, V>>
  FilterInput?: ComponentType<FilterInputProps<S>>
  /** Numbers and money stand to the right. */
  align?: 'left' | 'right' | 'center'
  /** Width of its column in a list, in pixels. */
  columnWidth?: number
  /** The fields inside its value, for a type whose value is rows. */
  nested?: (field: FieldOf<S>) => Field[]
  /** False for what only stands on the page, such as a divider: no value, no column, no label of its own. */
  valued?: boolean
  /** The machine gives its value; nobody types it. */
  given?: boolean
  /** Where a new field of this type belongs by itself: not in a row of a subform, not more than once. */
  topLevelOnly?: boolean
  /** The form whose records its values name, and what picking one fills; for types that point to records. */
  points?: (field: FieldOf<S>) => { form: string; fill: Record<string, string> }
  /** The options that its values are ids of. */
  options?: (field: FieldOf<S>) => Option[]
  /** Whether its values name stored files. */
  files?: boolean
  /** False where a value is given once, for one record only, and never goes along to a copy. */
  copyable?: boolean
  /** Whether its values name members or departments. */
  people?: 'member' | 'department'
  /** Its word in the expression language, where the kind does not say enough. */
  shape?: 'date' | 'datetime' | 'time'
  /** What a computed value becomes in the field, such as a number with its decimals. */
  fit?: (field: FieldOf<S>, value: Json) => Json
  /** Fields of the same record or row that its settings name: it is drawn again when they change. */
  mentions?: (field: FieldOf<S>) => string[]
  /** What a new value begins with, where the field has no default. */
  start?: (field: FieldOf<S>) => Json
  /** The operators of a filter, where they are not those of the kind. */
  operators?: string[]
  /** The operand `value` of a filter in words, ids by the names that are known; the plain text when absent. */
  read?: (field: FieldOf<S>, value: Json, nameOf: (id: string) => string) => string
}

/** A field type under its name, which is its file's name. */
// biome-ignore lint/suspicious/noExplicitAny: settings differ from type to type; each file knows its own
export type NamedFieldType = FieldType<any, any> & { name: string }

/** `export default fieldType<{ stars?: number }, number>({ … })`: checks the shape, changes nothing. */
export function fieldType<S = object, V extends Json = Json>(type: FieldType<S, V>): FieldType<S, V> {
  return type
}
