/** Records that Ctrl+K finds 跨表单搜索: a few of each of the app's first forms, as the asker may see them. */
import { useQueries } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api } from '@/api/client'
import { type MenuItem, placeOf, useMenu } from './use-menu'

const FORMS = 6
const EACH = 3
const SHORTEST = 2
const PAUSE = 200

export interface FoundRecord {
  id: string
  title: string
  to: string
  form: MenuItem
}

/** `text` as it was when typing paused. */
function usePaused(text: string): string {
  const [paused, setPaused] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), PAUSE)
    return () => clearTimeout(timer)
  }, [text])
  return paused
}

async function find(app: string, form: MenuItem, search: string): Promise<FoundRecord[]> {
  const { records } = await api.post('/api/apps/{app}/forms/{form}/records/query', {
    params: { path: { app, form: form.id } },
    body: { search, limit: EACH },
  })
  return records.map(({ id, title = '' }) => ({ id, title, to: placeOf(app, form), form }))
}

/** What was found for `text`, and whether some forms still look. */
export function useFoundRecords(app: string, text: string): { found: FoundRecord[]; looking: boolean } {
  const { data: menu } = useMenu(app)
  const search = usePaused(text.trim())
  const items = (menu?.groups ?? []).flatMap((group) => group.items)
  const forms = items.filter(({ kind }) => kind === 'form').slice(0, FORMS)
  const wanted = search.length >= SHORTEST
  const answers = useQueries({
    queries: wanted
      ? forms.map((form) => ({
          queryKey: ['palette', app, form.id, search],
          queryFn: () => find(app, form, search),
          staleTime: 10_000,
          retry: false,
        }))
      : [],
  })
  const looking =
    (text.trim().length >= SHORTEST && search !== text.trim()) || answers.some(({ isPending }) => isPending)
  return { found: answers.flatMap(({ data }) => data ?? []), looking }
}
