/** The day counts of the money market 计息天数; the twin of yearfrac.py. */

import { civil, dayOf, isLeap } from '../calendar'
import { type Day, Decimal, decimal, Fault, NUM } from '../values'

const lastOfFebruary = (day: Day): boolean => {
  const { year, month, day: date } = civil(day)
  return month === 2 && date === (isLeap(year) ? 29 : 28)
}

function thirties(start: Day, end: Day, first: number, last: number): number {
  const [from, to] = [civil(start), civil(end)]
  return (to.year - from.year) * 360 + (to.month - from.month) * 30 + last - first
}

/** The days between in a year of twelve months of 30 days. */
export function days360(start: Day, end: Day, european: boolean): number {
  let [first, last] = [civil(start).day, civil(end).day]
  if (european) return thirties(start, end, Math.min(first, 30), Math.min(last, 30))
  if (lastOfFebruary(start)) first = 30
  first = Math.min(first, 30)
  if (last === 31 && first === 30) last = 30
  return thirties(start, end, first, last)
}

/** The days between by the rule of 30/360 US, which also lengthens the end of February. */
function securities(start: Day, end: Day): number {
  let [first, last] = [civil(start).day, civil(end).day]
  if (lastOfFebruary(start)) {
    if (lastOfFebruary(end)) last = 30
    first = 30
  }
  if (last === 31 && first >= 30) last = 30
  return thirties(start, end, Math.min(first, 30), last)
}

/** The part of a year between two dates, whichever comes first. */
export function yearfrac(start: Day, end: Day, basis: number): Decimal {
  const [first, last] = start.number <= end.number ? [start, end] : [end, start]
  const length = new Decimal(last.number - first.number)
  if (basis === 0) return decimal(new Decimal(securities(first, last)).div(360))
  if (basis === 1) return decimal(length.div(yearOf(first, last)))
  if (basis === 2 || basis === 3) return decimal(length.div(basis === 2 ? 360 : 365))
  if (basis === 4) return decimal(new Decimal(days360(first, last, true)).div(360))
  throw new Fault(NUM, 'no_such_way', { way: basis })
}

const number = (year: number, month: number, day: number): number => dayOf(year, month, day)?.number ?? 0

function yearOf(first: Day, last: Day): Decimal {
  const [from, to] = [civil(first), civil(last)]
  const order = to.year - from.year - 1 || to.month - from.month || to.day - from.day
  if (order > 0) {
    const years = to.year - from.year + 1
    return new Decimal(number(to.year, 12, 31) - number(from.year, 1, 1) + 1).div(years)
  }
  if (from.year === to.year) return new Decimal(isLeap(from.year) ? 366 : 365)
  const leap =
    (isLeap(from.year) && first.number <= number(from.year, 2, 29)) ||
    (isLeap(to.year) && last.number >= number(to.year, 2, 29))
  return new Decimal(leap ? 366 : 365)
}
