/** Whether the page stands on a phone 手机屏幕. */
import { useSyncExternalStore } from 'react'

const QUERY = '(max-width: 767px)'

function subscribe(notify: () => void): () => void {
  const list = window.matchMedia(QUERY)
  list.addEventListener('change', notify)
  return () => list.removeEventListener('change', notify)
}

/** True below 768 px. */
export function useIsPhone(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(QUERY).matches)
}
