/** Where a list is fetched as a file 导出. */
import { typeNamed } from '@/fields/registry'
import { type FormShape, fieldsOf, nestedOf } from '@/ui/record/shape'
import type { ListAsk } from './list-state'

export type ExportFormat = 'xlsx' | 'csv' | 'zip'

interface Export {
  app: string
  form: string
  format: ExportFormat
  ask: ListAsk
  /** Empty: all fields. */
  columns: string[]
}

/** Whether a record may hold files, so that it is worth taking them along. */
export function holdsFiles(shape: FormShape): boolean {
  return fieldsOf(shape).some((field) =>
    [field, ...nestedOf(field)].some(({ type }) => typeNamed(type)?.files === true),
  )
}

/** The address of the filtered list as a file. */
export function exportAddress({ app, form, format, ask, columns }: Export): string {
  const { filter, search, sort } = ask
  const asked = JSON.stringify({ filter, search, sort })
  const query = new URLSearchParams({ format, ask: asked, columns: columns.join(',') })
  return `/api/apps/${app}/forms/${form}/export?${query}`
}
