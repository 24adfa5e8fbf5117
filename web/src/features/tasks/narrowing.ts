/** How a box is narrowed 筛选条件: kept in the address, asked of the server. */
import type { components } from '@/api/schema'

export type Tally = components['schemas']['TallyOut']

/** As it stands in the address. */
export interface TaskSearch {
  /** The open card: a task's id, or an instance's among what I started. */
  task?: string
  /** "app.form". */
  form?: string
  node?: string
  by?: string
  status?: string
  /** Days, both included. */
  from?: string
  until?: string
  late?: string
  q?: string
}

/** As the server is asked. */
export interface Narrowed {
  form: string
  node: string
  initiator: string
  status: string
  since?: string
  until?: string
  overdue: boolean
  text: string
}

const DAY = /^\d{4}-\d{2}-\d{2}$/
const said = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Midnight of a day where the person is, some days on. */
function midnight(day: string, later = 0): string | undefined {
  if (!DAY.test(day)) return undefined
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const at = new Date(year, month - 1, date + later)
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
}

/** The address as a question; `text` is what has been typed a moment ago. */
export function narrowed(search: Partial<TaskSearch>, text = said(search.q)): Narrowed {
  const since = midnight(said(search.from))
  const until = midnight(said(search.until), 1)
  return {
    form: said(search.form),
    node: said(search.node),
    initiator: said(search.by),
    status: said(search.status),
    ...(since ? { since } : {}),
    ...(until ? { until } : {}),
    overdue: said(search.late) === '1',
    text: text.trim(),
  }
}

/** How many conditions there are, beside the text. */
export function conditionsIn(search: Partial<TaskSearch>): number {
  const { form, node, by, status, from, until, late } = search
  return [form, node, by, status, from || until, late].filter(Boolean).length
}

/** Nothing is asked any more. */
export const OPEN_WIDE: Partial<TaskSearch> = {
  form: undefined,
  node: undefined,
  by: undefined,
  status: undefined,
  from: undefined,
  until: undefined,
  late: undefined,
} as Partial<TaskSearch>
