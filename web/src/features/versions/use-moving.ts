/** Every instance is moved, some at a time 分批迁移: with progress, a way to stop, and what became of each. */
import { useRef, useState } from 'react'
import { api } from '@/api/client'
import type { components } from '@/api/schema'
import { toast } from '@/ui/toast'
import type { Plan } from './migrate-plan'

export type Moved = components['schemas']['MovedOut']

/** What a preview says of everybody who is meant. */
export interface Looked {
  ids: string[]
  more: boolean
}

const BATCH = 25
export const OVERVIEW = '/api/apps/{app}/workflows/{workflow}/migration'

export interface Run {
  deed: 'move' | 'undo'
  done: Moved[]
  /** How many are meant. */
  of: number
  /** Stopped by hand or by an error before all were tried. */
  stopped: boolean
}

/** `apply` and `undo` go through everything; `run` is what is known by now. */
export function useMoving(app: string, workflow: string) {
  const [run, setRun] = useState<Run | null>(null)
  const [busy, setBusy] = useState(false)
  const going = useRef(false)
  const params = { path: { app, workflow } }

  /** Asks for each batch, and for more when the first are through; who was tried is not tried again. */
  const through = async (
    deed: Run['deed'],
    first: string[],
    ask: (some: string[]) => Promise<Moved[]>,
    more: () => Promise<string[]>,
  ): Promise<Run> => {
    const tried = new Map<string, Moved>()
    let ids = first
    let stopped = false
    going.current = true
    setBusy(true)
    const told = (): Run => ({ deed, done: [...tried.values()], of: Math.max(ids.length, tried.size), stopped })
    try {
      while (ids.length > tried.size && going.current) {
        for (const one of await ask(ids.filter((id) => !tried.has(id)).slice(0, BATCH))) tried.set(one.instance, one)
        if (ids.length <= tried.size) ids = [...new Set([...ids, ...(await more())])]
        setRun(told())
      }
      stopped = !going.current && ids.length > tried.size
    } catch (error) {
      stopped = true
      toast.error(error)
    } finally {
      setBusy(false)
    }
    const found = told()
    setRun(found)
    return found
  }

  const apply = (looked: Looked, ids: string[], plan: Plan) =>
    through(
      'move',
      ids,
      (some) => api.post(`${OVERVIEW}/apply`, { params, body: { plan, ids: some } }),
      async () => (looked.more ? (await api.post(`${OVERVIEW}/preview`, { params, body: { plan } })).ids : []),
    )
  const undo = (ids: string[]) =>
    through(
      'undo',
      ids,
      (some) => api.post(`${OVERVIEW}/undo`, { params, body: { ids: some } }),
      async () => [],
    )
  const stop = () => {
    going.current = false
  }
  return { run, busy, apply, undo, stop, forget: () => setRun(null) }
}

export type Movement = ReturnType<typeof useMoving>
