/** Where a problem's path leads 定位问题: to the designer of its part, and there to its place. */
import { useEffect, useRef } from 'react'
import { useGo, useSearchState } from '@/lib/route'

export type Path = (string | number)[]
type Parts = Record<string, unknown>

/** The designer of a part of the draft: `design/form/lead`; null for what has none. */
export function designerOf(parts: Parts, path: Path): string | null {
  const [room = '', id = ''] = String(path[0]).includes('/') ? String(path[0]).split('/') : path.map(String)
  if (room === 'forms') return `design/form/${id}`
  if (room === 'dashboards') return `design/dashboard/${id}`
  if (room !== 'workflows') return null
  const forms = Object.entries(parts).filter(([name]) => name.startsWith('forms/'))
  const owner = forms.find(([, part]) => (part as { workflow?: string | null }).workflow === id)
  return owner === undefined ? null : `design/flow/${owner[0].slice('forms/'.length)}`
}

/** Goes to the part that the path is about, when that is not the one on the screen. */
export function useJumpAway(app: string, parts: Parts): (path: Path) => boolean {
  const go = useGo()
  return (path) => {
    const there = designerOf(parts, path)
    if (there === null) return false
    go(`/app/${app}/${there}`, { at: path.join('/') })
    return true
  }
}

/** Jumps to where somebody was sent from another designer, once. */
export function useArrival(jump: (path: Path) => void): void {
  const [search, setSearch] = useSearchState<{ at: string }>()
  const latest = useRef(jump)
  latest.current = jump
  const { at } = search
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each place
  useEffect(() => {
    if (typeof at !== 'string' || at === '') return
    latest.current(at.split('/').map((step) => (/^\d+$/.test(step) ? Number(step) : step)))
    setSearch({ at: undefined }, { replace: true })
  }, [at])
}
