/** Saved views, and what a person prefers in a list 视图与偏好: kept on the server, shown at once. */
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useRef } from 'react'
import { api } from '@/api/client'
import { asking, useApi } from '@/api/query'
import type { components } from '@/api/schema'
import { cleaned, type Filter } from '@/ui/record/filter'
import type { Sort } from '@/ui/record/shape'
import type { ListState } from './list-state'

export type Widths = Record<string, number>

/** Columns in their order, and the widths of those that were dragged. */
export interface Look {
  columns: string[]
  widths: Widths
}

export interface SavedView extends Look {
  id: string
  name: string
  shared: boolean
  mine: boolean
  sound: boolean
  base: string
  filter: Filter | null
  sort: Sort[]
}

export interface Kept {
  views: SavedView[]
  /** The view to begin with; '' for the form's first. */
  start: string
  looks: Record<string, Look>
}

export const NOTHING_KEPT: Kept = { views: [], start: '', looks: {} }
/** Stands for the view of a form that has none. */
export const NO_VIEW = '-'

const PATH = '/api/apps/{app}/forms/{form}/views'
const PAUSE = 500

type Answer = components['schemas']['ViewsOut']

/** What is kept of a form's list; nothing until it is known. */
export function useKept(app: string, form: string) {
  const params = { path: { app, form } }
  const { data, isPending } = useApi(PATH, { params }, { staleTime: 60_000 })
  const kept = useMemo(() => (data ? (data as unknown as Kept) : NOTHING_KEPT), [data])
  return { kept, isPending }
}

/** The verbs: save, change, remove, prefer. */
export function useViewDeeds(app: string, form: string) {
  const client = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const params = useMemo(() => ({ path: { app, form } }), [app, form])
  const key = useMemo(() => asking(PATH, { params }).queryKey, [params])
  const change = useCallback(
    (next: (kept: Kept) => Kept) =>
      client.setQueryData<Answer>(key, (before) => next((before ?? NOTHING_KEPT) as unknown as Kept) as never),
    [client, key],
  )
  return useMemo(() => {
    const renew = () => client.invalidateQueries({ queryKey: key })
    const at = (view: string) => ({ path: { app, form, view } })
    return {
      add: async (name: string, shared: boolean, state: StateIn): Promise<string> => {
        const made = await api.post(PATH, { params, body: { name, shared, state } })
        change((kept) => ({ ...kept, views: [...kept.views, made as unknown as SavedView] }))
        return made.id
      },
      edit: async (view: string, body: { name?: string; state?: StateIn }) => {
        clearTimeout(timer.current)
        await api.patch(`${PATH}/{view}`, { params: at(view), body })
        await renew()
      },
      remove: async (view: string) => {
        clearTimeout(timer.current)
        await api.delete(`${PATH}/{view}`, { params: at(view) })
        await renew()
      },
      startWith: async (start: string) => {
        await api.put(PATH, { params, body: { start } })
        change((kept) => ({ ...kept, start }))
      },
      /** Shown at once, sent a moment after the last change. */
      look: (view: string, look: Look | null) => {
        change((kept) => {
          const { [view]: _gone, ...rest } = kept.looks
          return { ...kept, looks: look ? { ...rest, [view]: look } : rest }
        })
        clearTimeout(timer.current)
        timer.current = setTimeout(() => {
          api.put(PATH, { params, body: { view, look } }).catch(() => undefined)
        }, PAUSE)
      },
    }
  }, [app, form, params, key, client, change])
}

export interface StateIn extends Look {
  base: string
  filter: Record<string, unknown> | null
  sort: { field: string; descending: boolean }[]
}

/** The list as it stands, to be saved. */
export function stateIn(state: ListState): StateIn {
  return {
    base: state.view?.id ?? '',
    filter: state.filter as Record<string, unknown> | null,
    sort: state.sort.map(({ field, descending }) => ({ field, descending: descending === true })),
    columns: state.columns,
    widths: state.widths,
  }
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)
const sorted = (sort: Sort[]) => sort.map(({ field, descending }) => [field, descending === true])
const measured = (widths: Widths) => Object.entries(widths).sort(([one], [other]) => one.localeCompare(other))

/** Whether the list shows something else than its view keeps; `plain` is the list with nothing added to the view. */
export function isChanged(state: ListState, plain: ListState): boolean {
  return !(
    same(cleaned(state.filter), cleaned(plain.filter)) &&
    same(sorted(state.sort), sorted(plain.sort)) &&
    same(state.columns, plain.columns) &&
    same(measured(state.widths), measured(plain.widths))
  )
}
