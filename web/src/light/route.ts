/** Where a fill page is 填写页地址: read from the address itself, since it goes nowhere else within the page. */
import { useCallback, useMemo, useState } from 'react'

/** The path's parameters, of `/p/{token}` and `/fill/{app}/{form}`. */
export function usePath() {
  return useMemo(() => {
    const [, room, one = '', two = ''] = window.location.pathname.split('/').map(decodeURIComponent)
    const [app, form, token] = room === 'p' ? ['', '', one] : [one, two, '']
    return { app, form, token, id: '', box: '', tab: '' }
  }, [])
}

/** What the address asks for. */
export function useSearchState<Search extends object>(): [Partial<Search>, (patch: Partial<Search>) => void] {
  const [search, setSearch] = useState(
    () => Object.fromEntries(new URLSearchParams(window.location.search)) as Partial<Search>,
  )
  const set = useCallback((patch: Partial<Search>) => setSearch((before) => ({ ...before, ...patch })), [])
  return [search, set]
}

/** To a page of the app. */
export function useGo(): (path: string, search?: Record<string, unknown>) => void {
  return useCallback((path, search = {}) => {
    const asked = Object.entries(search).filter(([, value]) => value !== undefined)
    const query = new URLSearchParams(asked.map(([key, value]) => [key, String(value)])).toString()
    window.location.assign(query ? `${path}?${query}` : path)
  }, [])
}
