/** The workspace's working calendar 工作日历, asked for only by forms whose formulas count workdays. */
import { useMemo } from 'react'
import { useApi } from '@/api/query'
import { useSession } from '@/api/session'
import type { WorkingDays } from '@/expression/values'
import type { FormShape } from './shape'

const COUNTING = new Set(['WORKDAY', 'NETWORKDAYS'])
const HOUR = 3_600_000

/** Whether a tree counts workdays somewhere. */
export function counts(tree: unknown): boolean {
  if (!Array.isArray(tree)) return false
  return (tree[0] === 'call' && COUNTING.has(String(tree[1]))) || tree.some(counts)
}

/** The calendar; undefined while it is not known, for strangers, and where nobody asks for it. */
export function useCalendar({ trees }: FormShape): WorkingDays | undefined {
  const wanted = useMemo(() => Object.values(trees).some(counts), [trees])
  const known = useSession().data?.workspace !== undefined
  return useApi('/api/workspace/calendar', {}, { enabled: wanted && known, staleTime: HOUR }).data
}
