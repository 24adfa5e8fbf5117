/** Pages of notices, one after another 消息分页. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { api } from '@/api/client'

const PATH = '/api/notices'

/** All that was loaded, and how to load more. */
export function useNotices(unread: boolean) {
  const found = useInfiniteQuery({
    queryKey: [PATH, { unread }],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => api.get(PATH, { params: { query: { unread, after: pageParam } }, signal }),
    getNextPageParam: (page) => page.next || undefined,
  })
  return {
    notices: found.data?.pages.flatMap((page) => page.notices) ?? [],
    left: found.hasNextPage,
    error: found.error,
    pending: found.isPending,
    more: () => void found.fetchNextPage(),
    refetch: () => void found.refetch(),
  }
}
