/** Time without holes 时间轴补齐: a month in which nothing happened is a month all the same. */
import type { Row } from './answer'
import type { GroupBy } from './definition'

const MOST = 400
const DAY = 86_400_000

function iso(at: Date): string {
  return at.toISOString().slice(0, 10)
}

/** Monday of an ISO week. */
function mondayOf(key: string): Date {
  const [year = 0, week = 1] = key.split('-W').map(Number)
  const fourth = new Date(Date.UTC(year, 0, 4))
  const monday = fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * DAY
  return new Date(monday + (week - 1) * 7 * DAY)
}

function weekOf(day: Date): string {
  const thursday = new Date(day.getTime() + (3 - ((day.getUTCDay() + 6) % 7)) * DAY)
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1)
  const week = Math.floor((thursday.getTime() - first) / (7 * DAY)) + 1
  return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, '0')}`
}

/** The key after `key`: 2026-11 → 2026-12, 2026-Q4 → 2027-Q1. */
export function nextKey(unit: string, key: string): string {
  const year = Number(key.slice(0, 4))
  if (unit === 'year') return String(year + 1)
  if (unit === 'quarter') return key.endsWith('4') ? `${year + 1}-Q1` : `${year}-Q${Number(key.at(-1)) + 1}`
  if (unit === 'month') {
    const month = Number(key.slice(5, 7))
    return month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`
  }
  if (unit === 'week') return weekOf(new Date(mondayOf(key).getTime() + 7 * DAY))
  return iso(new Date(Date.parse(key) + DAY))
}

/** All keys from the first of `keys` to the last; the keys themselves when that would be too many. */
export function withoutHoles(unit: GroupBy['unit'], keys: string[]): string[] {
  const first = keys[0]
  const last = keys.at(-1)
  if (!unit || first === undefined || last === undefined) return keys
  const all = [first]
  while (all.length < MOST && (all.at(-1) as string) < last) all.push(nextKey(unit, all.at(-1) as string))
  return all.at(-1) === last ? all : keys
}

/** The rows with empty ones between; rows without a time stay at the end. */
export function filled(rows: Row[], unit: GroupBy['unit']): (Row | undefined)[] {
  const timed = rows.filter((row) => typeof row.keys[0] === 'string')
  const known = new Map(timed.map((row) => [row.keys[0] as string, row]))
  const keys = withoutHoles(unit, [...known.keys()])
  return [...keys.map((key) => known.get(key)), ...rows.filter((row) => typeof row.keys[0] !== 'string')]
}
