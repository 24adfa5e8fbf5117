/** A page on which a member adds one record after another 填写页: nothing around it, so that it opens at once on a phone. */
import { Button } from 'antd'
import { ArrowLeft } from 'lucide-react'
import { useMemo, useState } from 'react'
import { ApiProblem } from '@/api/problem'
import { useApi } from '@/api/query'
import type { Values } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { useGo, usePath, useSearchState } from '@/lib/route'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { FillFrame } from '@/ui/record/fill-frame'
import { prefilled } from '@/ui/record/prefill'
import { type FormShape, fieldsOf, shapeOf } from '@/ui/record/shape'
import { RecordSurroundings } from '@/ui/record/surroundings'
import { FormBones } from '@/ui/skeletons'
import { Editor } from '../editor'
import css from '../records.module.css'
import { Sent } from '../sent'
import type { RecordOut } from '../use-records'

function Back({ to }: { to: string }) {
  const t = useT()
  const go = useGo()
  return (
    <Button type="text" icon={<ArrowLeft size={16} aria-hidden />} onClick={() => go(to)}>
      {t('records.toList')}
    </Button>
  )
}

function Filling({ shape }: { shape: FormShape }) {
  const t = useT()
  const go = useGo()
  const { app, form } = shape
  const list = `/app/${app}/form/${form}`
  const [search] = useSearchState<Record<string, unknown>>()
  const [turn, setTurn] = useState(0)
  const [sent, setSent] = useState<RecordOut | null>(null)
  const prefill = useMemo<Values>(() => (turn === 0 ? prefilled(fieldsOf(shape), search) : {}), [shape, search, turn])
  const again = () => {
    setSent(null)
    setTurn((before) => before + 1)
    window.scrollTo({ top: 0 })
  }
  const saved = (record: RecordOut) => (record.status === 'draft' ? go(list, { record: record.id }) : setSent(record))
  const ways = { record: () => go(list, { record: sent?.id }), another: again, list: () => go(list) }
  if (sent) return <Sent shape={shape} record={sent} on={ways} />
  if (!shape.operations.includes('create'))
    return <EmptyState figure="fish" title={t('records.mayNotAdd')} hint={t('records.mayNotAddHint')} />
  return (
    <RecordSurroundings shape={shape}>
      <Editor key={turn} {...{ shape, prefill }} paged onSaved={saved} onCancel={() => go(list)} />
    </RecordSurroundings>
  )
}

/** The form, then thanks, then perhaps once more. */
export default function FillPage() {
  const { app, form } = usePath()
  const answer = useApi('/api/apps/{app}/forms/{form}', { params: { path: { app, form } } }, { staleTime: 60_000 })
  const shape = useMemo(() => (answer.data ? shapeOf(answer.data) : undefined), [answer.data])
  const away = answer.error instanceof ApiProblem && answer.error.status === 404
  const head = <Back to={away ? '/' : `/app/${app}/form/${form}`} />
  return (
    <FillFrame title={shape?.definition.name} about={shape?.definition.description} head={head}>
      <div className={css.fillBody}>
        {shape ? (
          <Filling shape={shape} />
        ) : answer.isError ? (
          <ErrorState error={answer.error} onRetry={() => answer.refetch()} />
        ) : (
          <FormBones />
        )}
      </div>
    </FillFrame>
  )
}
