/** Answers kept and renewed 查询缓存: the key of a query is its path and what was asked of it. */
import { type Query, QueryClient, queryOptions, type UseQueryOptions, useQuery } from '@tanstack/react-query'
import { api, type GetAnswer, type GetInit, type GetPath } from './client'
import { ApiProblem } from './problem'

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      refetchOnWindowFocus: true,
      retry: (count, error) => count < 2 && !(error instanceof ApiProblem && error.status >= 400 && error.status < 500),
    },
  },
})

/** Query options for a GET: usable with useQuery, prefetchQuery, useSuspenseQuery. */
export function asking<Path extends GetPath>(path: Path, init?: GetInit<Path>) {
  return queryOptions({
    queryKey: [path, init?.params ?? {}] as const,
    queryFn: ({ signal }) => api.get(path, { ...init, signal } as GetInit<Path>),
  })
}

type More<Path extends GetPath> = Omit<UseQueryOptions<GetAnswer<Path>, Error>, 'queryKey' | 'queryFn'>

/** `const menu = useApi('/api/apps/{app}/menu', { params: { path: { app } } })`. */
export function useApi<Path extends GetPath>(path: Path, init?: GetInit<Path>, more?: More<Path>) {
  return useQuery({ ...asking(path, init), ...more } as UseQueryOptions<GetAnswer<Path>, Error>)
}

/** As `renew`, but what is on its way already is waited for. */
export function refresh(...prefixes: string[]): Promise<void> {
  return queryClient.invalidateQueries({ predicate: beginsWith(prefixes) }, { cancelRefetch: false })
}

function beginsWith(prefixes: string[]): (query: Query) => boolean {
  return ({ queryKey: [path] }) => typeof path === 'string' && prefixes.some((each) => path.startsWith(each))
}

/** Asks again whatever was asked of paths that begin with one of `prefixes`. */
export function renew(...prefixes: string[]): Promise<void> {
  return queryClient.invalidateQueries({ predicate: beginsWith(prefixes) })
}
