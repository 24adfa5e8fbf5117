/** A box, page by page 待办箱. */
import { type InfiniteData, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { api, type GetAnswer } from '@/api/client'
import { queryClient } from '@/api/query'
import type { Box } from './cards'
import type { Narrowed } from './narrowing'

type Page = GetAnswer<'/api/tasks/boxes/{box}'>
const PAGE = 50

/** Begins with the path, so that news of tasks renews it. */
const keyOf = (app: string, box: Box, asked: Narrowed) => ['/api/tasks/boxes/{box}', { app, box }, asked] as const

/** The cards of a box; more of them on demand. What was there stays in sight while the next answer comes. */
export function useBox(app: string, box: Box, asked: Narrowed) {
  return useInfiniteQuery({
    queryKey: keyOf(app, box, asked),
    queryFn: ({ pageParam, signal }) =>
      api.get('/api/tasks/boxes/{box}', {
        params: { path: { box }, query: { app, after: pageParam, limit: PAGE, ...asked } },
        signal,
      } as never) as Promise<Page>,
    initialPageParam: '',
    placeholderData: (before, query) =>
      (query?.queryKey[1] as { box?: string } | undefined)?.box === box ? keepPreviousData(before) : undefined,
    getNextPageParam: (last) => last.next || undefined,
  })
}

/** Changes a card at once, before the server is asked again; null takes it away. */
export function touch(app: string, box: Box, id: string, patch: Partial<Page['cards'][number]> | null): void {
  queryClient.setQueriesData<InfiniteData<Page>>({ queryKey: ['/api/tasks/boxes/{box}', { app, box }] }, (before) => {
    if (before === undefined) return before
    const pages = before.pages.map((page) => ({
      ...page,
      cards: page.cards.flatMap((card) => (card.id !== id ? [card] : patch === null ? [] : [{ ...card, ...patch }])),
    }))
    return { ...before, pages }
  })
}
