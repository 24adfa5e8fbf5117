/** The rows of a list 列表数据: pages asked for as one scrolls, kept fresh by news from the server. */
import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { api } from '@/api/client'
import { useEvent } from '@/api/events'
import type { components } from '@/api/schema'
import type { ListAsk } from './list-state'

export type RecordOut = components['schemas']['RecordOut']
export type PageOut = components['schemas']['PageOut']
type Pages = InfiniteData<PageOut, string>

const PAGE = 100
const GLOW = 2_500
const PAUSE = 300
/** More at once are a sign of an import: the news then names only some of them. */
const MOST_AT_ONCE = 20

async function askPage(app: string, form: string, ask: ListAsk, after: string, more: object = {}): Promise<PageOut> {
  const { filter, ...rest } = ask
  const sort = ask.sort.map(({ field, descending = false }) => ({ field, descending }))
  const body = {
    ...rest,
    sort,
    filter: filter as never,
    after,
    limit: PAGE,
    total: after === '',
    exact: false,
    ...more,
  }
  return api.post('/api/apps/{app}/forms/{form}/records/query', { params: { path: { app, form } }, body })
}

/** The pages with changed records in their places, gone ones removed, new ones on top. */
export function merged(pages: Pages, ids: string[], found: RecordOut[], titles: Record<string, string>): Pages {
  const fresh = new Map(found.map((each) => [each.id, each]))
  const asked = new Set(ids)
  const held = new Set(pages.pages.flatMap((page) => page.records.map(({ id }) => id)))
  const added = found.filter(({ id }) => !held.has(id))
  const gone = [...asked].filter((id) => held.has(id) && !fresh.has(id)).length
  return {
    ...pages,
    pages: pages.pages.map((page, at) => {
      const kept = page.records.flatMap((record) => {
        if (!asked.has(record.id)) return [record]
        const next = fresh.get(record.id)
        return next ? [next] : []
      })
      if (at > 0) return { ...page, records: kept }
      const total = page.total === null || page.total === undefined ? page.total : page.total + added.length - gone
      return { ...page, records: [...added, ...kept], titles: { ...page.titles, ...titles }, total }
    }),
  }
}

/** Ids that changed a moment ago, for a highlight. */
function useGlow() {
  const [glowing, setGlowing] = useState<ReadonlySet<string>>(new Set())
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const glow = useCallback((ids: string[]) => {
    setGlowing(new Set(ids))
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setGlowing(new Set()), GLOW)
  }, [])
  return { glowing, glow }
}

/** The list of a form. */
export function useRecords(app: string, form: string, ask: ListAsk) {
  const client = useQueryClient()
  const key = ['list', app, form, ask]
  const { glowing, glow } = useGlow()
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => askPage(app, form, ask, pageParam),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
    refetchOnWindowFocus: false,
    staleTime: 60_000,
    placeholderData: (before, asked) => (asked?.queryKey[2] === form ? before : undefined),
  })
  const renewRows = async (ids: string[]) => {
    if (ids.length === 0 || ids.length > MOST_AT_ONCE) return query.refetch()
    const only = { field: 'id', op: 'in', value: ids }
    const filter = ask.filter ? { all: [ask.filter, only] } : only
    const page = await askPage(app, form, { ...ask, filter }, '', { total: false })
    client.setQueryData<Pages>(key, (pages) => pages && merged(pages, ids, page.records, page.titles ?? {}))
    glow(page.records.map(({ id }) => id))
  }
  const waiting = useRef({ ids: new Set<string>(), timer: undefined as ReturnType<typeof setTimeout> | undefined })
  useEffect(() => () => clearTimeout(waiting.current.timer), [])
  const hear = (ids: string[]) => {
    client.invalidateQueries({ queryKey: ['list', app, form], type: 'inactive', refetchType: 'none' })
    const { ids: heard, timer } = waiting.current
    for (const id of ids) heard.add(id)
    if (ids.length === 0) for (let at = 0; at <= MOST_AT_ONCE; at += 1) heard.add(`#${at}`)
    clearTimeout(timer)
    waiting.current.timer = setTimeout(() => {
      const all = [...heard]
      heard.clear()
      renewRows(all).catch(() => undefined)
    }, PAUSE)
  }
  useEvent('records', (news) => {
    if (news.app !== app || news.form !== form) return
    hear(Array.isArray(news.ids) ? news.ids.map(String) : [])
  })
  const first = query.data?.pages[0]
  const countAll = async () => {
    const page = await askPage(app, form, ask, '', { total: true, exact: true, limit: 1 })
    client.setQueryData<Pages>(key, (pages) => {
      const [head, ...rest] = pages?.pages ?? []
      return pages && head ? { ...pages, pages: [{ ...head, total: page.total, exact: true }, ...rest] } : pages
    })
  }
  const rows = useMemo(() => {
    const pages = query.data?.pages ?? []
    const titles: Record<string, string> = Object.assign({}, ...pages.map((page) => page.titles ?? {}))
    return { records: pages.flatMap((page) => page.records), titles }
  }, [query.data])
  return {
    ...query,
    ...rows,
    total: first?.total ?? null,
    exact: first?.exact ?? true,
    countAll,
    glowing,
    hear,
  }
}
