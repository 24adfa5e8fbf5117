/** Functions over those values that meet criteria 条件统计函数; the twin of conditional.py. */

import { criterion } from '../criteria'
import { type Context, Decimal, Fault, isList, VALUE, type Value } from '../values'
import type { Maybe, Works } from '../work'
import { extreme, mean, numbers, total } from './statistics'

/** The values at whose place every criterion holds; `criteria` are lists and criteria in turn. */
function chosen(at: Context, values: readonly Value[], criteria: readonly Value[]): Value[] {
  let kept = values.map((_, index) => index)
  for (let pair = 0; pair + 1 < criteria.length; pair += 2) {
    const cells = criteria[pair] ?? null
    const list = isList(cells) ? cells : [cells]
    if (list.length !== values.length) {
      throw new Fault(VALUE, 'lists_differ', { left: list.length, right: values.length })
    }
    const holds = criterion(criteria[pair + 1] ?? null, at)
    kept = kept.filter((index) => holds(list[index] ?? null))
  }
  return kept.map((index) => values[index] ?? null)
}

const picked = (at: Context, cells: Value[], wanted: Value, values: Maybe<Value[]>): Decimal[] =>
  numbers([chosen(at, values ?? cells, [cells, wanted])])

function paired(criteria: Value[]): Value[] {
  if (criteria.length % 2) throw new Fault(VALUE, 'criterion_missing')
  return criteria
}

export const works: Works = {
  COUNTIF: (at: Context, cells: Value[], wanted: Value) => new Decimal(chosen(at, cells, [cells, wanted]).length),
  COUNTIFS: (at: Context, ...criteria: Value[]) => {
    const cells = criteria[0]
    return new Decimal(chosen(at, cells && isList(cells) ? cells : [], paired(criteria)).length)
  },
  SUMIF: (at: Context, cells: Value[], wanted: Value, values?: Maybe<Value[]>) =>
    total(picked(at, cells, wanted, values)),
  SUMIFS: (at: Context, values: Value[], ...criteria: Value[]) =>
    total(numbers([chosen(at, values, paired(criteria))])),
  AVERAGEIF: (at: Context, cells: Value[], wanted: Value, values?: Maybe<Value[]>) =>
    mean(picked(at, cells, wanted, values)),
  AVERAGEIFS: (at: Context, values: Value[], ...criteria: Value[]) =>
    mean(numbers([chosen(at, values, paired(criteria))])),
  MAXIFS: (at: Context, values: Value[], ...criteria: Value[]) =>
    extreme(at, [chosen(at, values, paired(criteria))], 1),
  MINIFS: (at: Context, values: Value[], ...criteria: Value[]) =>
    extreme(at, [chosen(at, values, paired(criteria))], -1),
}
