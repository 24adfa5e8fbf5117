/** The filters of a dashboard as they stand in the address 仪表盘筛选: a preset word or two days, and a person. */

export const PRESETS = ['month', 'quarter', 'year', 'last12', 'all'] as const
export type Preset = (typeof PRESETS)[number]

/** The search parameters of a dashboard: `?range=month`, `?range=2026-01-01_2026-03-31`, `&person=…`. */
export interface DashboardSearch {
  range?: string
  person?: string
}

export interface Span {
  start: string | null
  end: string | null
}

const DAY = /^\d{4}-\d{2}-\d{2}$/
const ENDLESS: Span = { start: null, end: null }

function iso(year: number, month: number, day: number): string {
  const at = new Date(Date.UTC(year, month, day))
  return at.toISOString().slice(0, 10)
}

/** First and last day of a preset; `today` as 2026-11-23. */
export function spanOf(preset: Preset, today: string): Span {
  const [year = 0, human = 1] = today.split('-').map(Number)
  const month = human - 1
  const quarter = month - (month % 3)
  if (preset === 'month') return { start: iso(year, month, 1), end: iso(year, month + 1, 0) }
  if (preset === 'quarter') return { start: iso(year, quarter, 1), end: iso(year, quarter + 3, 0) }
  if (preset === 'year') return { start: iso(year, 0, 1), end: iso(year, 12, 0) }
  if (preset === 'last12') return { start: iso(year, month - 11, 1), end: iso(year, month + 1, 0) }
  return ENDLESS
}

/** A real day, not only something shaped like one. */
function isDay(text: string): boolean {
  return DAY.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)
}

/** What the address says; anything it cannot mean is everything. */
export function readRange(range: unknown): { preset: Preset | 'custom'; span: Span | null } {
  if (typeof range !== 'string') return { preset: 'all', span: null }
  if ((PRESETS as readonly string[]).includes(range)) return { preset: range as Preset, span: null }
  const [start = '', end = ''] = range.split('_')
  const first = isDay(start) ? start : null
  const last = isDay(end) ? end : null
  if (first === null && last === null) return { preset: 'all', span: null }
  const wrong = first !== null && last !== null && first > last
  return { preset: 'custom', span: wrong ? { start: last, end: first } : { start: first, end: last } }
}

/** Two days as the address keeps them. */
export function writeRange({ start, end }: Span): string | undefined {
  return start === null && end === null ? undefined : `${start ?? ''}_${end ?? ''}`
}

/** The days that the address asks for. */
export function daysOf(range: unknown, today: string): Span {
  const { preset, span } = readRange(range)
  return span ?? spanOf(preset === 'custom' ? 'all' : preset, today)
}
