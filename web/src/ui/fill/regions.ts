/** Provinces, cities and districts 行政区划: the workspace's table, fetched when an address is filled. */
import { useQuery } from '@tanstack/react-query'
import { api } from '@/api/client'
import { ApiProblem } from '@/api/problem'

export interface Region {
  value: string
  label: string
  children?: Region[]
}

type Raw = string | [string] | [string, Raw[]]

function regionOf(raw: Raw, depth: number): Region {
  const [name, inner = []] = typeof raw === 'string' ? [raw] : (raw as [string, Raw[]?])
  const children = depth > 1 ? inner.map((each) => regionOf(each, depth - 1)) : []
  return { value: name, label: name, ...(children.length > 0 ? { children } : {}) }
}

/** Who fills a form without an account gets the table that comes with the house. */
async function fetched(): Promise<Raw[]> {
  try {
    return (await api.get('/api/regions')).regions as Raw[]
  } catch (error) {
    if (!(error instanceof ApiProblem) || (error.status !== 401 && error.status !== 403)) throw error
    return (await api.get('/api/regions/shipped')).regions as Raw[]
  }
}

/** The table to so many levels; empty until it is here. */
export function useRegions(wanted: boolean, depth: number): Region[] {
  const { data = [] } = useQuery({
    queryKey: ['/api/regions'],
    queryFn: fetched,
    enabled: wanted,
    staleTime: 3_600_000,
  })
  return data.map((each) => regionOf(each, depth))
}
