/** What is done to a running workflow beside answering a task 流程操作: sent, and what it changed asked anew. */
import { useState } from 'react'
import { api } from '@/api/client'
import { renew } from '@/api/query'
import type { components } from '@/api/schema'
import { useT } from '@/i18n/i18n'
import { toast } from '@/ui/toast'

export type Flow = components['schemas']['FlowOut']

export interface Place {
  app: string
  form: string
  record: string
}

const RECORDS = '/api/apps/{app}/forms/{form}/records'

/** Everything that can be done, each with what it needs. */
export interface Deed {
  name:
    | 'submit'
    | 'withdraw'
    | 'end'
    | 'urge'
    | 'jump'
    | 'reassign'
    | 'reactivate'
    | 'suspend'
    | 'resume'
    | 'retry'
    | 'skip'
    | 'take_back'
  /** A node, or a member. */
  to?: string
  node?: string
  comment?: string
  /** Of `take_back` and `reassign`. */
  task?: string
}

function sent({ app, form, record }: Place, deed: Deed): Promise<unknown> {
  const params = { path: { app, form, record } }
  const { name, to = '', node = '', comment = '', task = '' } = deed
  if (name === 'take_back')
    return api.post('/api/tasks/{task}/act', { params: { path: { task } }, body: { action: name } })
  if (name === 'reassign')
    return api.post('/api/tasks/{task}/reassign', { params: { path: { task } }, body: { to, comment } })
  if (name === 'jump') return api.post(`${RECORDS}/{record}/jump`, { params, body: { to, node, comment } })
  if (name === 'reactivate') return api.post(`${RECORDS}/{record}/reactivate`, { params, body: { to, comment } })
  if (name === 'retry' || name === 'skip') return api.post(`${RECORDS}/{record}/${name}`, { params, body: { node } })
  if (name === 'urge' || name === 'suspend' || name === 'resume')
    return api.post(`${RECORDS}/{record}/${name}`, { params, body: { comment } })
  return api.post(`${RECORDS}/{record}/${name}`, { params })
}

/** `act` answers whether it was done. */
export function useDeeds(place: Place, after?: (ids: string[]) => void) {
  const t = useT()
  const [busy, setBusy] = useState<Deed['name'] | ''>('')
  const run = async (name: Deed['name'] | '', deed: () => Promise<unknown>, said: string) => {
    setBusy(name)
    try {
      await deed()
      toast.done(said)
      await renew(RECORDS, '/api/tasks')
      after?.([place.record])
      return true
    } catch (error) {
      toast.error(error)
      return false
    } finally {
      setBusy('')
    }
  }
  return {
    busy,
    act: (deed: Deed) => run(deed.name, () => sent(place, deed), t(`running.${deed.name}Done`)),
    run,
  }
}

export type Deeds = ReturnType<typeof useDeeds>
