/** Where a list is fetched as a file 导出. */
import type { ListAsk } from './list-state'

interface Export {
  app: string
  form: string
  format: 'xlsx' | 'csv'
  ask: ListAsk
  /** Empty: all fields. */
  columns: string[]
}

/** The address of the filtered list as a file. */
export function exportAddress({ app, form, format, ask, columns }: Export): string {
  const { filter, search, sort } = ask
  const asked = JSON.stringify({ filter, search, sort })
  const query = new URLSearchParams({ format, ask: asked, columns: columns.join(',') })
  return `/api/apps/${app}/forms/${form}/export?${query}`
}
