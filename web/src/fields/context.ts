/** What fields may ask of the page they stand on 字段环境, so that no field needs to know a feature. */
import { type ComponentType, createContext, useContext } from 'react'
import type { Field, Json, NamedFieldType, Values } from './field'

export interface Person {
  id: string
  name: string
  title?: string
  departments?: string[]
  roles?: string[]
  enabled?: boolean
}

export interface Department {
  id: string
  name: string
  parent?: string
}

/** A record that a reference may name, with the values it fills in and those that formulas read through it. */
export interface Option {
  id: string
  title: string
  subtitle?: string
  fill?: Values
  values?: Values
}

/** Records of another form, with those of their fields that are shown. */
export interface SourcePage {
  form: string
  columns: string[]
  fields: Field[]
  records: { id: string; title: string; values: Values }[]
  next: string
  titles: Record<string, string>
}

/** `column` names a column of the subform `field`; `ids` asks for exactly these, e.g. to learn their titles. */
export interface OptionsAsk {
  column?: string
  search?: string
  ids?: string[]
  limit?: number
  /** The record that picks: a reference may offer only what fits it. */
  values?: Values
}

/** `held` asks for what records of this form hold, for a filter. */
export interface OfferedAsk {
  column?: string
  search?: string
  values?: Values
  held?: boolean
}

/** The rows of a subform whose columns are asked about. */
export interface LinkedRows {
  subform: string
  rows: Values[]
}

export interface Linked {
  values: Values
  rows: Values[]
  titles: Record<string, string>
}

export interface StoredFile {
  id: string
  name: string
  size: number
  type: string
}

/** What somebody outside suggests for the fields of a form; nothing of it is kept yet. */
export interface Suggested {
  met: boolean
  values: Values
  /** Only where nothing is filled in. */
  blank: string[]
  /** Rows behind those that are there. */
  append: string[]
  problems: { path: (string | number)[]; detail: string }[]
  titles?: Record<string, string>
}

export interface FieldSurroundings {
  app: string
  /** The form the fields belong to; '' outside of a form. */
  form: string
  members: Person[]
  departments: Department[]
  roles?: { id: string; name: string }[]
  /** The forms of the app: what a reference may point to, with their fields. */
  forms: { id: string; name: string; fields?: Field[]; can_create?: boolean }[]
  /** The aggregates of the draft with their columns; absent outside of the designers. */
  aggregates?: { id: string; name: string; fields: Field[] }[]
  /** The member looking at the page, for "me". */
  me: string
  typeNamed: (name: string) => NamedFieldType | undefined
  /** The subform around the fields; '' outside of one. */
  within: string
  /** Records that may be picked in the reference field `field` of this form; a subform wraps this for its rows' fields. */
  options: (field: string, ask: OptionsAsk) => Promise<Option[]>
  openRecord: (form: string, id: string) => void
  /** Asks for a new record of `form` in place, its name being `text`; undefined where that is not offered. */
  createRecord?: (form: string, text: string) => Promise<Option | null>
  /** Edits which records are meant; undefined outside of the designers. */
  Filter?: ComponentType<{
    fields: Field[]
    filter: Json | undefined
    /** Whether conditions may compare with fields of this form. */
    own?: boolean
    onChange: (filter: Json) => void
  }>
  /** What fields of this form begin with by their linkage, and what its sources show; the server asks for the rights. */
  linked?: (fields: string[], values: Values, within?: LinkedRows) => Promise<Linked>
  /** The texts that a choice takes from another form's records; a subform wraps this for its columns. */
  offered?: (field: string, ask: OfferedAsk) => Promise<{ values: string[]; more: boolean }>
  /** Whether a condition over the record being filled, or over a row and its record, holds; undefined where none is. */
  holds?: (text: string, values: Values, within?: string) => boolean
  /** Writes a condition over the fields of the form being designed; undefined outside of the designers. */
  Expression?: ComponentType<{ label: string; value: string; onChange: (text: string) => void }>
  /** The columns beside the one being designed. */
  beside?: Field[]
  source?: (field: string, values: Values, more?: { search?: string; after?: string }) => Promise<SourcePage>
  upload: (file: File, onProgress?: (share: number) => void) => Promise<StoredFile>
  /** Runs an event of the form; absent where there is nobody to ask. */
  runEvent?: (event: string, values: Values, row?: number) => Promise<Suggested>
  /** Reads a picture or a text; absent where nothing reads. */
  recognise?: (recognition: string, source: { file?: File; text?: string }) => Promise<Suggested>
  /** Sends a code to a number, and asks whether it came; absent where no codes can be sent. */
  verifyPhone?: {
    send: (field: string, number: string) => Promise<{ pause: number }>
    check: (field: string, number: string, code: string) => Promise<void>
  }
  /** The optional services of this server, for settings that are offered only with one. */
  services?: string[]
  /** The actions of the form being designed, for a button to do. */
  actions?: { id: string; label: string }[]
  /** Does one of the form's actions to the record shown; absent where there is no record yet. */
  doAction?: (action: string) => void
  /** Where a file of a record is read; the server asks for the right to read the field that holds it. */
  fileAddress: (id: string) => string
}

const nowhere = async (): Promise<never> => {
  throw new Error('No FieldContext around this field')
}

export const FieldContext = createContext<FieldSurroundings>({
  app: '',
  form: '',
  members: [],
  departments: [],
  forms: [],
  me: '',
  typeNamed: () => undefined,
  within: '',
  options: nowhere,
  openRecord: () => undefined,
  upload: nowhere,
  fileAddress: (id) => `/api/files/${id}`,
})

/** The page around a field. */
export function useFieldContext(): FieldSurroundings {
  return useContext(FieldContext)
}
