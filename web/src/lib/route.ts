/** Where we are, as data 地址即状态: path parameters and search state of the page, without naming routes. */
import { useNavigate, useParams, useRouter, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'

/** The path's parameters: `const { app, form } = usePath()`; a missing one is ''. */
export function usePath(): { app: string; form: string; id: string; box: string; tab: string; token: string } {
  const found = useParams({ strict: false }) as Record<string, string | undefined>
  const { app = '', form = '', id = '', box = '', tab = '', token = '' } = found
  return { app, form, id, box, tab, token }
}

export type SetSearch<Search> = (patch: Partial<Search>, how?: { replace?: boolean }) => void

/** State kept in the URL: `const [search, setSearch] = useSearchState<{ record?: string }>()`. `undefined` removes a key. */
export function useSearchState<Search extends object>(): [Partial<Search>, SetSearch<Search>] {
  const search = useSearch({ strict: false }) as Partial<Search>
  const navigate = useNavigate()
  const set = useCallback<SetSearch<Search>>(
    (patch, how) => {
      const next = (before: object) => ({ ...before, ...patch })
      navigate({ to: '.', search: next as never, replace: how?.replace ?? false })
    },
    [navigate],
  )
  return [search, set]
}

/** Goes to a path: `const go = useGo(); go('/app/crm/form/customer', { record: id })`. */
export function useGo(): (path: string, search?: Record<string, unknown>) => void {
  const navigate = useNavigate()
  return useCallback((path, search) => void navigate({ to: path, search: (search ?? {}) as never }), [navigate])
}

/** Sends for what is drawn at a path, before anybody goes there. */
export function useSendFor(): (path: string) => void {
  const router = useRouter()
  return useCallback((path) => void router.preloadRoute({ to: path }).catch(() => undefined), [router])
}
