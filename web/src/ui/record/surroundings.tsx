/** What fields may ask when the form around them is not that of the page's path 字段环境. */
import { type ReactNode, useCallback, useMemo } from 'react'
import { api } from '@/api/client'
import { useSession } from '@/api/session'
import { upload } from '@/api/upload'
import {
  FieldContext,
  type FieldSurroundings,
  type Linked,
  type Option,
  type SourcePage,
  type Suggested,
  useFieldContext,
} from '@/fields/context'
import type { FormShape } from './shape'

interface SurroundingsProps {
  shape: FormShape
  openRecord?: (form: string, id: string) => void
  createRecord?: FieldSurroundings['createRecord']
  /** The task at which it is filled in, and the record that is edited: the server asks what may be written there. */
  task?: string
  record?: string
  children: ReactNode
}

/** What a form that is filled in asks of the outside, by way of the server. */
function useAsked(shape: FormShape, task = '', record = '') {
  const { app, form } = shape
  const sms = useSession().data?.services.includes('sms') ?? false
  const params = useMemo(() => ({ path: { app, form } }), [app, form])
  const place = useMemo(() => ({ record: task ? '' : record, task }), [record, task])
  const runEvent = useCallback<NonNullable<FieldSurroundings['runEvent']>>(
    async (event, values, row = 0) => {
      const path = '/api/apps/{app}/forms/{form}/events/{event}'
      const body = { values, row, ...place }
      return (await api.post(path, { params: { path: { app, form, event } }, body })) as Suggested
    },
    [app, form, place],
  )
  const recognise = useCallback<NonNullable<FieldSurroundings['recognise']>>(
    (id, { file, text = '' }) => {
      const path = `/api/apps/${app}/forms/${form}/recognitions/${id}`
      const none = new File([], 'none')
      return upload<Suggested>(path, file ?? none, undefined, { text, ...place })
    },
    [app, form, place],
  )
  const verifyPhone = useMemo<FieldSurroundings['verifyPhone']>(
    () =>
      sms
        ? {
            send: (field, number) =>
              api.post('/api/apps/{app}/forms/{form}/phone-codes', { params, body: { field, number, ...place } }),
            check: async (field, number, code) => {
              const body = { field, number, code, ...place }
              await api.post('/api/apps/{app}/forms/{form}/phone-codes/check', { params, body })
            },
          }
        : undefined,
    [sms, params, place],
  )
  return { runEvent, recognise, verifyPhone }
}

/** Around a form, a list or a record: options and targets are those of `shape`'s form. */
export function RecordSurroundings({ shape, openRecord, createRecord, task, record, children }: SurroundingsProps) {
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
  const { runEvent, recognise, verifyPhone } = useAsked(shape, task, record)
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
      runEvent,
      recognise,
      verifyPhone,
      openRecord: openRecord ?? around.openRecord,
      createRecord,
    }),
    [
      around,
      app,
      form,
      shape,
      options,
      linked,
      offered,
      source,
      runEvent,
      recognise,
      verifyPhone,
      openRecord,
      createRecord,
    ],
  )
  return <FieldContext.Provider value={value}>{children}</FieldContext.Provider>
}
