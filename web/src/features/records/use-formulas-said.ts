/** The formulas among the conditions of a filter, in labels 公式条件的文字: kept by ids, read by people. */
import { useEffect, useState } from 'react'
import { type ExpressionPlace, shownOf } from '@/ui/design/use-explained'
import { type Condition, type Filter, isGroup, partsIn, WRITTEN } from '@/ui/record/filter'

function formulasIn(filter: Filter | null): string[] {
  if (filter === null) return []
  if (isGroup(filter)) return partsIn(filter).flatMap(formulasIn)
  return filter.op === WRITTEN.op && typeof filter.value === 'string' && filter.value !== '' ? [filter.value] : []
}

/** The condition with its formula in words; as it is until the server has said it. */
export function useFormulasSaid(place: ExpressionPlace, filter: Filter | null): (condition: Condition) => Condition {
  const [said, setSaid] = useState<Record<string, string>>({})
  const { app, form, live } = place
  const asked = JSON.stringify(formulasIn(filter))
  useEffect(() => {
    let here = true
    for (const text of JSON.parse(asked) as string[]) {
      shownOf({ app, form, live }, text)
        .then((shown) => {
          if (here) setSaid((before) => ({ ...before, [text]: shown }))
        })
        .catch(() => undefined)
    }
    return () => {
      here = false
    }
  }, [app, form, live, asked])
  return (condition) => {
    const words = condition.op === WRITTEN.op ? said[String(condition.value)] : undefined
    return words === undefined ? condition : { ...condition, value: words }
  }
}
