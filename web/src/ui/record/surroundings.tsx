/** What fields may ask when the form around them is not that of the page's path 字段环境. */
import { type ReactNode, useCallback, useMemo } from 'react'
import { api } from '@/api/client'
import {
  FieldContext,
  type FieldSurroundings,
  type Linked,
  type Option,
  type SourcePage,
  useFieldContext,
} from '@/fields/context'
import type { FormShape } from './shape'

interface SurroundingsProps {
  shape: FormShape
  openRecord?: (form: string, id: string) => void
  createRecord?: FieldSurroundings['createRecord']
  children: ReactNode
}

/** Around a form, a list or a record: options and targets are those of `shape`'s form. */
export function RecordSurroundings({ shape, openRecord, createRecord, children }: SurroundingsProps) {
  const around = useFieldContext()
  const { app, form } = shape
  const options = useCallback<FieldSurroundings['options']>(
    async (field, ask, within = '') => {
      const place = within === '' ? { field, column: '' } : { field: within, column: field }
      const body = { ...place, search: '', ids: [], limit: 20, ...ask }
      const params = { path: { app, form } }
      return (await api.post('/api/apps/{app}/forms/{form}/records/options', { params, body })) as Option[]
    },
    [app, form],
  )
  const linked = useCallback<NonNullable<FieldSurroundings['linked']>>(
    async (fields, values, within) => {
      const params = { path: { app, form } }
      const body = { fields, values, subform: '', rows: [], ...within }
      return (await api.post('/api/apps/{app}/forms/{form}/records/linked', { params, body })) as Linked
    },
    [app, form],
  )
  const offered = useCallback<NonNullable<FieldSurroundings['offered']>>(
    (field, ask) => {
      const body = { field, column: '', search: '', values: {}, held: false, ...ask }
      return api.post('/api/apps/{app}/forms/{form}/records/offered', { params: { path: { app, form } }, body })
    },
    [app, form],
  )
  const source = useCallback<NonNullable<FieldSurroundings['source']>>(
    async (field, values, more) => {
      const params = { path: { app, form } }
      const body = { field, values, search: '', after: '', ...more }
      return (await api.post('/api/apps/{app}/forms/{form}/records/sources', { params, body })) as unknown as SourcePage
    },
    [app, form],
  )
  const value = useMemo<FieldSurroundings>(
    () => ({
      ...around,
      app,
      form,
      forms: Object.entries(shape.forms).map(([id, { name, fields, can_create }]) => ({
        id,
        name,
        fields,
        can_create,
      })),
      within: '',
      options,
      linked,
      offered,
      source,
      openRecord: openRecord ?? around.openRecord,
      createRecord,
    }),
    [around, app, form, shape, options, linked, offered, source, openRecord, createRecord],
  )
  return <FieldContext.Provider value={value}>{children}</FieldContext.Provider>
}
