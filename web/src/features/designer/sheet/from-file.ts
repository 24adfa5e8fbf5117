/** From a file's columns to a form, live with its rows 由表格新建表单. */
import { api } from '@/api/client'
import type { components } from '@/api/schema'
import { upload } from '@/api/upload'
import type { Field } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import { proposeId } from '../slugs'

export type Recognised = components['schemas']['RecognisedOut']
export type Guessed = components['schemas']['GuessedOut']
type Uploaded = components['schemas']['ImportOut']

/** What becomes of a column. */
export interface Chosen {
  index: number
  keep: boolean
  label: string
  type: string
}

const RESERVED = ['id', 'created_at', 'created_by', 'updated_at', 'updated_by', 'status', 'revision']

/** Each column as it is guessed; one without any text is left out. */
export function firstChoice(columns: Guessed[], unnamed: (number: number) => string): Chosen[] {
  return columns.map(({ index, heading, readings, filled }) => ({
    index,
    keep: filled > 0 || heading !== '',
    label: heading || unnamed(index + 1),
    type: readings[0]?.type ?? '',
  }))
}

/** The fields of the columns that are kept, with ids of their own; by column. */
export function fieldsFor(columns: Guessed[], chosen: Chosen[]): Map<number, Field> {
  const found = new Map<number, Field>()
  const taken = [...RESERVED]
  for (const { index, keep, label, type } of chosen) {
    const reading = columns.find((column) => column.index === index)?.readings.find((each) => each.type === type)
    if (!keep || reading === undefined) continue
    const id = proposeId(type, label, taken)
    taken.push(id)
    found.set(index, { ...reading.settings, id, type, label } as Field)
  }
  return found
}

/** Whether a field of the type can name a record. */
export function canTitle(type: string): boolean {
  return typeNamed(type)?.kind === 'text'
}

/** Publishes the draft as it is now. */
export async function publish(app: string, message: string): Promise<void> {
  const params = { path: { app } }
  const { revision } = await api.get('/api/apps/{app}/draft', { params })
  await api.post('/api/apps/{app}/publish', { params, body: { revision, message } })
}

/** Sends the file to the new form and starts the import; gives its id. */
export async function bring(
  app: string,
  form: string,
  file: File,
  told: Recognised,
  fields: Map<number, Field>,
): Promise<string> {
  const sent = await upload<Uploaded>(`/api/apps/${app}/forms/${form}/imports`, file)
  const columns = Object.fromEntries([...fields].map(([index, { id }]) => [`${index}`, id]))
  const { sheet, header_row, encoding, delimiter } = told
  const body = { sheet, header_row, encoding, delimiter, columns, replace: {}, key: '', skip_bad: true }
  await api.post('/api/imports/{id}/start', { params: { path: { id: sent.id } }, body: body as never })
  return sent.id
}
