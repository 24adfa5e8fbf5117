/** Days counted from today 相对日期: "@today", "@today+7d", "@today-1m"; the twin of builder/bounds.py. */
import dayjs from 'dayjs'

export interface Moving {
  steps: number
  unit: 'd' | 'w' | 'm' | 'y'
}

const SHAPE = /^@today(?:([+-]\d{1,4})([dwmy]))?$/
const UNITS = { d: 'day', w: 'week', m: 'month', y: 'year' } as const

/** What a text such as "@today+7d" means; null for a fixed day and for none. */
export function movingOf(text: string): Moving | null {
  const found = SHAPE.exec(text)
  return found ? { steps: Number(found[1] ?? 0), unit: (found[2] ?? 'd') as Moving['unit'] } : null
}

/** The text for so many steps from today. */
export function movingText({ steps, unit }: Moving): string {
  return steps === 0 ? '@today' : `@today${steps > 0 ? '+' : ''}${steps}${unit}`
}

/** The day that it means, seen from `today`; a fixed day is itself. */
export function movedDay(text: string, today: string): string {
  const moving = movingOf(text)
  return moving ? dayjs(today).add(moving.steps, UNITS[moving.unit]).format('YYYY-MM-DD') : text
}
