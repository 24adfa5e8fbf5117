/** The workflow of a record 流程动态: where it stands, its story, and what the asker may do. */
import { Button } from 'antd'
import { useState } from 'react'
import { api } from '@/api/client'
import { useApi } from '@/api/query'
import { useT } from '@/i18n/i18n'
import { useGo } from '@/lib/route'
import { DeedBar } from '@/nodes/running/deed-bar'
import { useDeeds } from '@/nodes/running/deeds'
import running from '@/nodes/running/running.module.css'
import { Standing } from '@/nodes/running/standing'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { MentionBox, type Place, useNaming } from '@/ui/record/mention-box'
import type { FormShape } from '@/ui/record/shape'
import { Timeline, type TimelineEntry } from '@/ui/record/timeline'
import { RowBones } from '@/ui/skeletons'
import css from './records.module.css'
import type { RecordOut } from './use-records'

interface FlowProps {
  shape: FormShape
  record: RecordOut
  hear: (ids: string[]) => void
}

const RECORDS = '/api/apps/{app}/forms/{form}/records'

/** Starts the workflow of a draft. */
export function SubmitButton({ shape, record, hear, small = false }: FlowProps & { small?: boolean }) {
  const t = useT()
  const { busy, act } = useDeeds({ app: shape.app, form: shape.form, record: record.id }, hear)
  return (
    <Button
      type="primary"
      size={small ? 'small' : 'middle'}
      loading={busy !== ''}
      onClick={() => void act({ name: 'submit' })}
    >
      {t('records.submit')}
    </Button>
  )
}

interface RemarkProps {
  place: Place
  busy: boolean
  onSend: (text: string, mentions: string[]) => Promise<boolean>
}

function Remark({ place, busy, onSend }: RemarkProps) {
  const t = useT()
  const [text, setText] = useState('')
  const naming = useNaming()
  const send = async () => {
    if (await onSend(text.trim(), naming.in(text))) setText('')
  }
  return (
    <div className={css.stack} style={{ gap: 8 }}>
      <MentionBox
        upwards
        place={place}
        naming={naming}
        value={text}
        rows={2}
        placeholder={t('records.commentHint')}
        label={t('records.comment')}
        onChange={setText}
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
  const deeds = useDeeds(path, hear)
  const comment = (text: string, mentions: string[]) =>
    deeds.run(
      '',
      () => api.post(`${RECORDS}/{record}/comment`, { params: { path }, body: { comment: text, mentions } }),
      t('records.commented'),
    )
  if (flow.isError) return <ErrorState small error={flow.error} onRetry={() => flow.refetch()} />
  if (flow.isPending) return <RowBones rows={4} />
  const submit = record.can?.includes('submit') ? <SubmitButton {...{ shape, record, hear }} /> : null
  if (!flow.data)
    return <EmptyState small title={t('record.noTimeline')} hint={t('records.notSubmitted')} action={submit} />
  const { timeline, task } = flow.data
  return (
    <div className={`${css.tabBody} ${css.stack}`}>
      <Standing flow={flow.data} deeds={deeds} place={path} />
      <div className={running.bar}>
        {task ? (
          <Button type="primary" onClick={() => go(`/app/${shape.app}/tasks/todo`, { task })}>
            {t('records.handle')}
          </Button>
        ) : null}
        {submit}
        <DeedBar place={path} flow={flow.data} deeds={deeds} />
      </div>
      <Timeline entries={timeline as TimelineEntry[]} />
      <Remark place={path} busy={deeds.busy !== ''} onSend={comment} />
    </div>
  )
}
