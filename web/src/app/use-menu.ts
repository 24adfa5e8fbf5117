/** What the asker may open in an app 菜单, and the places it leads to. */
import { useApi } from '@/api/query'
import type { components } from '@/api/schema'

export type MenuOut = components['schemas']['MenuOut']
export type MenuItem = components['schemas']['MenuItem']

export const BOXES = ['todo', 'initiated', 'handled', 'copied'] as const

/** The menu of `app`. */
export function useMenu(app: string) {
  return useApi('/api/apps/{app}/menu', { params: { path: { app } } }, { enabled: app !== '', staleTime: 60_000 })
}

/** How many tasks and unread copies wait in `app`. */
export function useCounts(app: string) {
  return useApi('/api/tasks/counts', { params: { query: { app } } }, { enabled: app !== '', refetchInterval: 120_000 })
}

/** Where a menu item is. */
export function placeOf(app: string, item: Pick<MenuItem, 'kind' | 'id'>): string {
  return `/app/${app}/${item.kind}/${item.id}`
}

/** `dashboard:sales` as the place it names; '' when the menu names none. */
export function homeOf(app: string, menu: MenuOut): string {
  const [kind = '', id = ''] = menu.home.split(':')
  const first = menu.groups.flatMap((group) => group.items)[0]
  if (kind !== '' && id !== '') return placeOf(app, { kind, id })
  return first ? placeOf(app, first) : ''
}
