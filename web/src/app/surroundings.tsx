/** What fields may ask of an app's pages 字段环境: people, files and other records, by the server's leave. */
import { type ReactNode, useMemo } from 'react'
import { api } from '@/api/client'
import { useDirectory } from '@/api/directory'
import { useSession } from '@/api/session'
import { upload } from '@/api/upload'
import { FieldContext, type FieldSurroundings, type StoredFile } from '@/fields/context'
import { typeNamed } from '@/fields/registry'
import { usePath } from '@/lib/route'
import { useMenu } from './use-menu'

/** Around every page of an app; a page that shows another form than its path's wraps its fields once more. */
export function Surroundings({ children }: { children: ReactNode }) {
  const { app, form } = usePath()
  const { data: directory } = useDirectory()
  const { data: session } = useSession()
  const { data: menu } = useMenu(app)
  const me = session?.member?.id ?? ''
  const value = useMemo<FieldSurroundings>(() => {
    const items = (menu?.groups ?? []).flatMap((group) => group.items)
    return {
      app,
      form,
      within: '',
      me,
      members: directory?.members ?? [],
      departments: directory?.departments ?? [],
      roles: directory?.roles ?? [],
      forms: items.filter(({ kind }) => kind === 'form').map(({ id, label }) => ({ id, name: label })),
      typeNamed,
      options: (field, ask) =>
        api.post('/api/apps/{app}/forms/{form}/records/options', {
          params: { path: { app, form } },
          body: { field, ...ask },
        }) as ReturnType<FieldSurroundings['options']>,
      openRecord: (of, id) => window.open(`/app/${app}/form/${of}?record=${encodeURIComponent(id)}`, '_blank'),
      upload: (file, onProgress) => upload<StoredFile>('/api/files', file, onProgress),
      fileAddress: (id) => `/api/files/${id}`,
    }
  }, [app, form, me, directory, menu])
  return <FieldContext value={value}>{children}</FieldContext>
}
