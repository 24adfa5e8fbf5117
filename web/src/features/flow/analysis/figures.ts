/** The figures of a workflow over a period 流程数据: asked for, and the colours in which they are shown. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import dayjs from 'dayjs'
import { api } from '@/api/client'
import type { components } from '@/api/schema'
import { formatDate } from '@/lib/format'
import type { Hue } from '@/theme/tokens'

export type Figures = components['schemas']['AnalysisOut']
export type NodeLine = components['schemas']['NodeLine']
export type PersonLine = components['schemas']['PersonLine']
export type Line = NodeLine | PersonLine

export interface Period {
  since: string
  until: string
}

/** How many days the presets look back. */
export const PERIODS = [7, 30, 90, 365]
/** From cold to warm, as the server counts heat. */
const WARMTH = ['grey', 'green', 'yellow', 'orange', 'red'] as const

/** The last `days` days, today included. */
export function lastDays(days: number): Period {
  const today = formatDate(new Date())
  return {
    since: dayjs(today)
      .subtract(days - 1, 'day')
      .format('YYYY-MM-DD'),
    until: today,
  }
}

/** The hue of a node by its heat. */
export function warmth(heat: number | undefined): Hue {
  return WARMTH[heat ?? 0] ?? 'grey'
}

/** Whose line it is; "" for a whole node. */
export function personOf(line: Line): string {
  return 'person' in line ? line.person : ''
}

/** The figures, and where they are had as a file. */
export function useFigures(app: string, workflow: string, { since, until }: Period) {
  const path = { app, workflow }
  return {
    address: `/api/apps/${app}/workflows/${workflow}/analysis/export?since=${since}&until=${until}`,
    ...useQuery({
      queryKey: ['analysis', app, workflow, since, until],
      queryFn: () =>
        api.get('/api/apps/{app}/workflows/{workflow}/analysis', { params: { path, query: { since, until } } }),
      enabled: workflow !== '',
      placeholderData: keepPreviousData,
      retry: false,
    }),
  }
}
