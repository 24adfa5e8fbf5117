/** Whether something has come near the window 按需绘制: a form of 500 fields draws the few that are looked at. */
import { type RefObject, useEffect, useState } from 'react'

const AHEAD = '600px 0px'
const noted = new WeakMap<Element, () => void>()
let watch: IntersectionObserver | undefined

/** One observer for all. */
function watcher(): IntersectionObserver {
  watch ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) if (isIntersecting) noted.get(target)?.()
    },
    { rootMargin: AHEAD },
  )
  return watch
}

/** True from the first time on, or at once where there are few. */
export function useSeen(own: RefObject<Element | null>, many: boolean): boolean {
  const [seen, setSeen] = useState(!many)
  useEffect(() => {
    const element = own.current
    if (seen || element === null) return
    noted.set(element, () => setSeen(true))
    watcher().observe(element)
    return () => {
      noted.delete(element)
      watcher().unobserve(element)
    }
  }, [own, seen])
  return seen
}
