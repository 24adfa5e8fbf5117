/** Stretches of time relative to today 相对日期: this month, the last seven days. */
import type { Json } from '@/fields/field'

export interface Period {
  unit: 'day' | 'week' | 'month' | 'quarter' | 'year'
  offset: number
  count: number
}

/** What a person picks from, in the order of nearness; the keys are words of `fields.period_…`. */
export const PERIODS: Record<string, Period> = {
  today: { unit: 'day', offset: 0, count: 1 },
  yesterday: { unit: 'day', offset: -1, count: 1 },
  tomorrow: { unit: 'day', offset: 1, count: 1 },
  this_week: { unit: 'week', offset: 0, count: 1 },
  last_week: { unit: 'week', offset: -1, count: 1 },
  next_week: { unit: 'week', offset: 1, count: 1 },
  this_month: { unit: 'month', offset: 0, count: 1 },
  last_month: { unit: 'month', offset: -1, count: 1 },
  next_month: { unit: 'month', offset: 1, count: 1 },
  this_quarter: { unit: 'quarter', offset: 0, count: 1 },
  last_quarter: { unit: 'quarter', offset: -1, count: 1 },
  this_year: { unit: 'year', offset: 0, count: 1 },
  last_year: { unit: 'year', offset: -1, count: 1 },
  last_7_days: { unit: 'day', offset: -6, count: 7 },
  last_30_days: { unit: 'day', offset: -29, count: 30 },
  next_7_days: { unit: 'day', offset: 0, count: 7 },
  next_30_days: { unit: 'day', offset: 0, count: 30 },
}

/** The period in a filter's operand; null when it is none. */
export function periodOf(value: Json): Period | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const { unit, offset = 0, count = 1 } = value
  if (typeof unit !== 'string' || typeof offset !== 'number' || typeof count !== 'number') return null
  return { unit: unit as Period['unit'], offset, count }
}

/** The name of a period; '' for one that has none. */
export function periodName(value: Json): string {
  const asked = periodOf(value)
  if (!asked) return ''
  const same = (each: Period) => each.unit === asked.unit && each.offset === asked.offset && each.count === asked.count
  return Object.entries(PERIODS).find(([, each]) => same(each))?.[0] ?? ''
}
