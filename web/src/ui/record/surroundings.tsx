/** What fields may ask of the page around them 字段环境, answered by the server. */
import { type ReactNode, useCallback, useMemo } from 'react'
import { api, headers } from '@/api/client'
import { ApiProblem, problemOf } from '@/api/problem'
import { useApi } from '@/api/query'
import { FieldContext, type FieldSurroundings, type Option, type StoredFile } from '@/fields/context'
import { typeNamed } from '@/fields/registry'
import { t } from '@/i18n/i18n'
import type { FormShape } from './shape'

/** Sends a file and tells how much of it has gone. */
export function sendFile<Stored = StoredFile>(
  address: string,
  file: File,
  onProgress?: (share: number) => void,
): Promise<Stored> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', address)
    for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value)
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total > 0 ? loaded / total : 0)
    request.onerror = () => reject(new ApiProblem(0, { code: 'offline', detail: t('ui.offline') }))
    request.onload = async () => {
      if (request.status < 300) return resolve(JSON.parse(request.responseText) as Stored)
      reject(await problemOf(new Response(request.responseText, { status: request.status })))
    }
    const body = new FormData()
    body.append('file', file)
    request.send(body)
  })
}

interface SurroundingsProps {
  app: string
  form: string
  shape?: FormShape
  openRecord?: (form: string, id: string) => void
  createRecord?: FieldSurroundings['createRecord']
  children: ReactNode
}

const stay = () => undefined

/** Around a form, a list or a record. */
export function RecordSurroundings({ app, form, shape, openRecord, createRecord, children }: SurroundingsProps) {
  const directory = useApi('/api/directory', undefined, { staleTime: 300_000 })
  const session = useApi('/api/session', undefined, { staleTime: 300_000 })
  const options = useCallback<FieldSurroundings['options']>(
    async (field, ask, within = '') => {
      const place = within === '' ? { field, column: '' } : { field: within, column: field }
      const body = { ...place, search: '', ids: [], limit: 20, ...ask }
      const params = { path: { app, form } }
      return (await api.post('/api/apps/{app}/forms/{form}/records/options', { params, body })) as Option[]
    },
    [app, form],
  )
  const surroundings = useMemo<FieldSurroundings>(() => {
    const targets = Object.entries(shape?.forms ?? {})
    return {
      app,
      form,
      members: directory.data?.members ?? [],
      departments: directory.data?.departments ?? [],
      forms: targets.map(([id, { name, fields }]) => ({ id, name, fields })),
      me: session.data?.member?.id ?? '',
      typeNamed,
      within: '',
      options,
      openRecord: openRecord ?? stay,
      createRecord,
      upload: (file, onProgress) => sendFile('/api/files', file, onProgress),
      fileAddress: (id) => `/api/files/${id}`,
    }
  }, [app, form, shape, directory.data, session.data, options, openRecord, createRecord])
  return <FieldContext.Provider value={surroundings}>{children}</FieldContext.Provider>
}
