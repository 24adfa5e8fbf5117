/** A stretch of time as it is written 时长: ISO 8601 in the files, a number and a unit for people. */
import type { T } from '@/i18n/i18n'

export const UNITS = ['minutes', 'hours', 'days', 'weeks'] as const
export type Unit = (typeof UNITS)[number]

export interface Span {
  count: number
  unit: Unit
  /** Before the moment it counts from. */
  before: boolean
}

const SPELLED = /^(-?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/
const MINUTES: Record<Unit, number> = { minutes: 1, hours: 60, days: 1_440, weeks: 10_080 }

/** A span in its largest whole unit; none for an empty or unknown text. */
export function readSpan(text: string | undefined): Span | null {
  const found = SPELLED.exec(text ?? '')
  if (found === null) return null
  const [, sign, weeks = '0', days = '0', hours = '0', minutes = '0'] = found
  const all = Number(weeks) * 10_080 + Number(days) * 1_440 + Number(hours) * 60 + Number(minutes)
  const unit = ([...UNITS].reverse().find((each) => each !== 'weeks' && all > 0 && all % MINUTES[each] === 0) ??
    'minutes') as Unit
  return { count: all / MINUTES[unit], unit, before: sign === '-' }
}

/** As the files keep it. */
export function writeSpan({ count, unit, before }: Span): string {
  const letter = { minutes: `T${count}M`, hours: `T${count}H`, days: `${count}D`, weeks: `${count}W` }[unit]
  return `${before ? '-' : ''}P${letter}`
}

/** "2 天". */
export function spanText(text: string | undefined, t: T): string {
  const span = readSpan(text)
  return span === null ? '' : t(`asking.unitWords.${span.unit}`, { count: span.count })
}
