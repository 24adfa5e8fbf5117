/** A box, page by page 待办箱. */
import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query'
import { api, type GetAnswer } from '@/api/client'
import { queryClient } from '@/api/query'
import type { Box } from './cards'

type Page = GetAnswer<'/api/tasks/boxes/{box}'>

/** Begins with the path, so that news of tasks renews it. */
const keyOf = (app: string, box: Box) => ['/api/tasks/boxes/{box}', { app, box }] as const

/** The cards of a box; more of them on demand. */
export function useBox(app: string, box: Box) {
  return useInfiniteQuery({
    queryKey: keyOf(app, box),
    queryFn: ({ pageParam, signal }) =>
      api.get('/api/tasks/boxes/{box}', {
        params: { path: { box }, query: { app, after: pageParam, limit: 30 } },
        signal,
      } as never) as Promise<Page>,
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
  })
}

/** Changes a card at once, before the server is asked again; null takes it away. */
export function touch(app: string, box: Box, id: string, patch: Partial<Page['cards'][number]> | null): void {
  queryClient.setQueryData<InfiniteData<Page>>(keyOf(app, box), (before) => {
    if (before === undefined) return before
    const pages = before.pages.map((page) => ({
      ...page,
      cards: page.cards.flatMap((card) => (card.id !== id ? [card] : patch === null ? [] : [{ ...card, ...patch }])),
    }))
    return { ...before, pages }
  })
}
