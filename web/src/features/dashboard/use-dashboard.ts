/** A dashboard and its numbers 仪表盘与数据: one question for all widgets, asked again when records change. */
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { api } from '@/api/client'
import { useEvent } from '@/api/events'
import { asking, queryClient, useApi } from '@/api/query'
import { type FormShape, shapeOf } from '@/ui/record/shape'
import { readAnswer, type WidgetData } from './answer'
import type { Dashboard, Widget } from './definition'
import type { Span } from './period'

const NUMBERS = 'dashboard-numbers'
const PAUSE = 800

/** The definition, and the people to filter by. */
export function useDashboard(app: string, dashboard: string) {
  const params = { path: { app, dashboard } }
  return useApi('/api/apps/{app}/dashboards/{dashboard}', { params }, { staleTime: 60_000 })
}

/** Calls `act` once things have been quiet for a moment. */
function useQuietly(act: () => void): () => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  return () => {
    clearTimeout(timer.current)
    timer.current = setTimeout(act, PAUSE)
  }
}

/** All numbers of the dashboard, by widget. */
export function useNumbers(app: string, dashboard: string, span: Span, person: string) {
  const body = { start: span.start, end: span.end, person: person || null, widgets: [] }
  const soon = useQuietly(() => void queryClient.invalidateQueries({ queryKey: [NUMBERS, app, dashboard] }))
  useEvent('records', soon)
  useEvent('definitions', soon)
  return useQuery({
    queryKey: [NUMBERS, app, dashboard, body],
    queryFn: async ({ signal }) => {
      const params = { path: { app, dashboard } }
      const found = await api.post('/api/apps/{app}/dashboards/{dashboard}/data', { params, body, signal })
      return Object.fromEntries(Object.entries(found).map(([id, raw]) => [id, readAnswer(raw)])) as Record<
        string,
        WidgetData
      >
    },
    placeholderData: keepPreviousData,
  })
}

/** Asks again for one widget that failed. */
export async function askAgain(app: string, dashboard: string): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: [NUMBERS, app, dashboard] })
}

/** The forms that the widgets count in, for units, colours and columns. */
export function useShapes(app: string, widgets: Widget[]): Map<string, FormShape> {
  const forms = useMemo(() => [...new Set(widgets.map(({ form }) => form))].filter(Boolean).sort(), [widgets])
  return useQueries({
    queries: forms.map((form) => ({
      ...asking('/api/apps/{app}/forms/{form}', { params: { path: { app, form } } }),
      staleTime: 60_000,
      retry: false,
    })),
    combine: (answers) =>
      new Map(
        answers.flatMap(({ data }, at) => (data ? [[forms[at] as string, shapeOf(data as never)] as const] : [])),
      ),
  })
}

/** The server's answer, read as what it is. */
export function boardOf(definition: unknown): Dashboard {
  return definition as Dashboard
}
