/** The workflow of a record 流程动态: where it stands, its story, and what the asker may do. */
import { Button, Input } from 'antd'
import { useState } from 'react'
import { api } from '@/api/client'
import { renew, useApi } from '@/api/query'
import { type T, useT } from '@/i18n/i18n'
import { useGo } from '@/lib/route'
import { confirm } from '@/ui/confirm'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { FlowStrip } from '@/ui/record/flow-strip'
import type { FormShape } from '@/ui/record/shape'
import { Timeline, type TimelineEntry } from '@/ui/record/timeline'
import { RowBones } from '@/ui/skeletons'
import { toast } from '@/ui/toast'
import css from './records.module.css'
import type { RecordOut } from './use-records'

interface FlowProps {
  shape: FormShape
  record: RecordOut
  hear: (ids: string[]) => void
}

type Deed = 'submit' | 'withdraw' | 'end'
const RECORDS = '/api/apps/{app}/forms/{form}/records'

function questionOf(name: Exclude<Deed, 'submit'>, t: T) {
  return { title: t(`records.${name}Ask`), detail: t(`records.${name}Hint`), action: t(`records.${name}`) }
}

/** Sends a deed and renews what it changed. */
export function useFlowDeeds(shape: FormShape, record: RecordOut, after: (ids: string[]) => void) {
  const t = useT()
  const [busy, setBusy] = useState(false)
  const params = { path: { app: shape.app, form: shape.form, record: record.id } }
  const run = async (deed: () => Promise<unknown>, said: string) => {
    setBusy(true)
    try {
      await deed()
      toast.done(said)
      await renew(RECORDS, '/api/tasks')
      after([record.id])
      return true
    } catch (error) {
      toast.error(error)
      return false
    } finally {
      setBusy(false)
    }
  }
  const deed = async (name: Deed) => {
    const sure = name === 'submit' || (await confirm(questionOf(name, t)))
    if (!sure) return false
    return run(() => api.post(`${RECORDS}/{record}/${name}`, { params }), t(`records.${name}Done`))
  }
  const comment = (text: string) =>
    run(() => api.post(`${RECORDS}/{record}/comment`, { params, body: { comment: text } }), t('records.commented'))
  return { busy, deed, comment }
}

/** Starts the workflow of a draft. */
export function SubmitButton({ shape, record, hear, small = false }: FlowProps & { small?: boolean }) {
  const t = useT()
  const { busy, deed } = useFlowDeeds(shape, record, hear)
  return (
    <Button type="primary" size={small ? 'small' : 'middle'} loading={busy} onClick={() => deed('submit')}>
      {t('records.submit')}
    </Button>
  )
}

function Remark({ busy, onSend }: { busy: boolean; onSend: (text: string) => Promise<boolean> }) {
  const t = useT()
  const [text, setText] = useState('')
  const send = async () => {
    if (await onSend(text.trim())) setText('')
  }
  return (
    <div className={css.stack} style={{ gap: 8 }}>
      <Input.TextArea
        value={text}
        maxLength={5000}
        autoSize={{ minRows: 2, maxRows: 6 }}
        placeholder={t('records.commentHint')}
        aria-label={t('records.comment')}
        onChange={(event) => setText(event.target.value)}
      />
      <div>
        <Button size="small" loading={busy} disabled={text.trim() === ''} onClick={send}>
          {t('records.comment')}
        </Button>
      </div>
    </div>
  )
}

/** The tab. */
export function FlowTab({
  shape,
  record,
  hear,
}: {
  shape: FormShape
  record: RecordOut
  hear: (ids: string[]) => void
}) {
  const t = useT()
  const go = useGo()
  const path = { app: shape.app, form: shape.form, record: record.id }
  const flow = useApi(`${RECORDS}/{record}/flow`, { params: { path } })
  const { busy, deed, comment } = useFlowDeeds(shape, record, hear)
  if (flow.isError) return <ErrorState small error={flow.error} onRetry={() => flow.refetch()} />
  if (flow.isPending) return <RowBones rows={4} />
  const submit = record.can?.includes('submit') ? <SubmitButton {...{ shape, record, hear }} /> : null
  if (!flow.data)
    return <EmptyState small title={t('record.noTimeline')} hint={t('records.notSubmitted')} action={submit} />
  const { timeline, active, waiting, can_withdraw, can_end, task } = flow.data
  const entries = timeline as TimelineEntry[]
  return (
    <div className={`${css.tabBody} ${css.stack}`}>
      <FlowStrip entries={entries} active={active} />
      {waiting ? <div className={css.quiet}>{waiting}</div> : null}
      <div className={css.buttons}>
        {task ? (
          <Button type="primary" onClick={() => go(`/app/${shape.app}/tasks/todo`, { task })}>
            {t('records.handle')}
          </Button>
        ) : null}
        {submit}
        {can_withdraw ? (
          <Button loading={busy} onClick={() => deed('withdraw')}>
            {t('records.withdraw')}
          </Button>
        ) : null}
        {can_end ? (
          <Button danger loading={busy} onClick={() => deed('end')}>
            {t('records.end')}
          </Button>
        ) : null}
      </div>
      <Timeline entries={entries} />
      <Remark busy={busy} onSend={comment} />
    </div>
  )
}
