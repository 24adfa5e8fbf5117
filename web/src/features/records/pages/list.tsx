/** The list of a form's records 数据管理. */
import { useMemo } from 'react'
import { useApi } from '@/api/query'
import { usePath } from '@/lib/route'
import { ErrorState } from '@/ui/error-state'
import { shapeOf } from '@/ui/record/shape'
import { PageBones } from '@/ui/skeletons'
import { RecordList } from '../record-list'
import { useKept } from '../views'

/** Waits for the form, then shows its list. */
export default function ListPage() {
  const { app, form } = usePath()
  const answer = useApi('/api/apps/{app}/forms/{form}', { params: { path: { app, form } } }, { staleTime: 60_000 })
  const { kept, isPending } = useKept(app, form)
  const shape = useMemo(() => (answer.data ? shapeOf(answer.data) : undefined), [answer.data])
  if (shape && !isPending) return <RecordList key={`${app}.${form}`} shape={shape} kept={kept} />
  return answer.isError ? <ErrorState error={answer.error} onRetry={() => answer.refetch()} /> : <PageBones />
}
