/** A condition in words 条件的文字: as rows would be read aloud, else as the expression with labels. */
import { useT } from '@/i18n/i18n'
import { useUnderstood } from '@/ui/design/use-explained'
import { type Filter, isGroup, partsIn, readCondition } from '@/ui/record/filter'
import type { NodeSurroundings } from '../node'
import { rowsOf } from './condition'

type Say = (filter: Filter, inside?: boolean) => string

/** "合同金额 大于 100000 且 类型 是任一 新签". */
export function useConditionWords(text: string, context: NodeSurroundings): string {
  const t = useT()
  const { app, form, definition, fields, members, departments } = context
  const understood = useUnderstood({ app, form, definition }, text)
  if (understood === undefined) return text
  const rows = rowsOf(understood.tree, fields)
  const nameOf = (id: string) => [...members, ...departments].find((each) => each.id === id)?.name ?? id
  const say: Say = (filter, inside = false) => {
    if (!isGroup(filter)) return readCondition(filter, fields, t, nameOf)
    const parts = partsIn(filter).map((part) => say(part, true))
    const words = parts.join(t('all' in filter ? 'nodes.and' : 'nodes.or'))
    return inside && parts.length > 1 ? t('nodes.bracketed', { words }) : words
  }
  return rows === null ? understood.shown.replace(/[{}]/g, '') : say(rows)
}
