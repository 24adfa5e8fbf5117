/** What is done to records from lists and drawers 删除与恢复: with a way back. */
import { api } from '@/api/client'
import type { T } from '@/i18n/i18n'
import { confirm } from '@/ui/confirm'
import { toast } from '@/ui/toast'

const MOST = 500

type Deed = 'delete' | 'restore' | 'purge'

async function send(deed: Deed, app: string, form: string, ids: string[]): Promise<void> {
  const path = `/api/apps/{app}/forms/{form}/records/${deed}` as const
  for (let at = 0; at < ids.length; at += MOST)
    await api.post(path, { params: { path: { app, form } }, body: { ids: ids.slice(at, at + MOST) } })
}

/** Into the recycle bin, with a way back in the message; false when the server refused. */
export async function removeRecords(app: string, form: string, ids: string[], t: T, after: (ids: string[]) => void) {
  try {
    await send('delete', app, form, ids)
  } catch (error) {
    toast.error(error)
    return false
  }
  after(ids)
  toast.done(t('records.deleted', { count: ids.length }), () => {
    send('restore', app, form, ids)
      .then(() => after(ids))
      .catch(toast.error)
  })
  return true
}

/** Out of the recycle bin. */
export async function restoreRecords(app: string, form: string, ids: string[], t: T): Promise<boolean> {
  try {
    await send('restore', app, form, ids)
    toast.done(t('records.restored', { count: ids.length }))
    return true
  } catch (error) {
    toast.error(error)
    return false
  }
}

/** Gone for good, after a question. */
export async function purgeRecords(app: string, form: string, ids: string[], t: T): Promise<boolean> {
  const title = t('records.purgeTitle', { count: ids.length })
  if (!(await confirm({ title, detail: t('records.purgeHint'), action: t('records.purge') }))) return false
  try {
    await send('purge', app, form, ids)
    return true
  } catch (error) {
    toast.error(error)
    return false
  }
}
