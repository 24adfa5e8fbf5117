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

/** The name of a period; '' for one that has none. */
export function periodName(value: Json): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return ''
  const { unit, offset = 0, count = 1 } = value
  const found = Object.entries(PERIODS).find(
    ([, each]) => each.unit === unit && each.offset === offset && each.count === count,
  )
  return found?.[0] ?? ''
}
