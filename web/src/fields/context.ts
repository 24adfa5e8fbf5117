/** What fields may ask of the page they stand on 字段环境, so that no field needs to know a feature. */
import { createContext, useContext } from 'react'
import type { Field, NamedFieldType, Values } from './field'

export interface Person {
  id: string
  name: string
  avatar?: string
  departments?: string[]
  active?: boolean
}

export interface Department {
  id: string
  name: string
  parent?: string | null
}

export interface Titled {
  id: string
  title: string
  subtitle?: string
}

export interface StoredFile {
  id: string
  name: string
  size: number
  type: string
}

export interface FieldSurroundings {
  app: string
  /** The form the fields belong to; '' outside of a form. */
  form: string
  members: Person[]
  departments: Department[]
  /** The forms of the app: what a reference may point to, with their fields. */
  forms: { id: string; name: string; fields?: Field[] }[]
  /** The member looking at the page, for "me". */
  me: string
  typeNamed: (name: string) => NamedFieldType | undefined
  searchRecords: (form: string, text: string) => Promise<Titled[]>
  titlesOf: (form: string, ids: string[]) => Promise<Titled[]>
  readRecord: (form: string, id: string) => Promise<Values>
  openRecord: (form: string, id: string) => void
  upload: (file: File, onProgress?: (share: number) => void) => Promise<StoredFile>
  fileAddress: (id: string) => string
  describeFiles: (ids: string[]) => Promise<StoredFile[]>
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
  searchRecords: nowhere,
  titlesOf: async () => [],
  readRecord: nowhere,
  openRecord: () => undefined,
  upload: nowhere,
  fileAddress: (id) => `/api/files/${id}`,
  describeFiles: async () => [],
})

/** The page around a field. */
export function useFieldContext(): FieldSurroundings {
  return useContext(FieldContext)
}
