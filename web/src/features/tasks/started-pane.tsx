/** What I started, at the right 我发起的: how far it is, and taking it back or sending it again. */
import { Button } from 'antd'
import { useState } from 'react'
import { api } from '@/api/client'
import { useApi } from '@/api/query'
import type { Values } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { useGo } from '@/lib/route'
import { DeedBar } from '@/nodes/running/deed-bar'
import { useDeeds } from '@/nodes/running/deeds'
import { ErrorState } from '@/ui/error-state'
import { MentionBox, useNaming } from '@/ui/record/mention-box'
import { RecordView } from '@/ui/record/record-view'
import { shapeOf } from '@/ui/record/shape'
import { RecordSurroundings } from '@/ui/record/surroundings'
import { Timeline, type TimelineEntry } from '@/ui/record/timeline'
import { FormBones } from '@/ui/skeletons'
import type { TaskCard } from './cards'
import { TaskHead } from './task-head'
import css from './tasks.module.css'

const RECORD = '/api/apps/{app}/forms/{form}/records/{record}'

/** Record, story, and what the initiator may do. */
export function StartedPane({ card, onBack }: { card: TaskCard; onBack: () => void }) {
  const t = useT()
  const go = useGo()
  const [comment, setComment] = useState('')
  const { app, form, record: id } = card
  const place = { app, form, record: id }
  const naming = useNaming()
  const deeds = useDeeds(place)
  const params = { path: { app, form, record: id } }
  const shape = useApi('/api/apps/{app}/forms/{form}', { params: { path: { app, form } } }, { staleTime: 60_000 })
  const record = useApi(RECORD, { params }, { retry: false })
  const flow = useApi(`${RECORD}/flow`, { params }, { retry: false })
  const error = shape.error ?? record.error ?? flow.error
  if (error) return <ErrorState error={error} onRetry={() => void record.refetch()} />
  if (!shape.data || !record.data || flow.isPending) return <FormBones fields={8} />

  const send = async () => {
    const body = { comment: comment.trim(), mentions: naming.in(comment) }
    if (await deeds.run('', () => api.post(`${RECORD}/comment`, { params, body }), t('tasks.commented'))) setComment('')
  }
  const read = shapeOf(shape.data)
  const around = { id, values: record.data.values as Values, titles: record.data.titles }
  const openRecord = () => go(`/app/${app}/form/${form}`, { record: id })
  const mayStart = record.data.can?.includes('submit')
  const running = flow.data && !flow.data.ended_at
  return (
    <RecordSurroundings shape={read}>
      <article className={css.pane} aria-label={card.title}>
        <div className={css.scroll}>
          <TaskHead
            title={record.data.title || card.title}
            formName={card.form_name}
            flow={flow.data}
            onOpenRecord={openRecord}
            onBack={onBack}
          />
          <div className={css.body}>
            <RecordView shape={read} record={around} />
          </div>
          <section className={css.story}>
            <h3>{t('tasks.story')}</h3>
            <Timeline entries={(flow.data?.timeline ?? []) as TimelineEntry[]} />
          </section>
        </div>
        {running || mayStart || flow.data?.admin || flow.data?.task ? (
          <section className={css.bar} aria-label={t('tasks.actions')}>
            <div className={css.word}>
              <MentionBox
                upwards
                place={place}
                naming={naming}
                value={comment}
                placeholder={t('tasks.remark')}
                label={t('tasks.remark')}
                onChange={setComment}
              />
            </div>
            <div className={css.buttons}>
              <Button disabled={comment.trim() === ''} onClick={() => void send()}>
                {t('tasks.onlyComment')}
              </Button>
              {flow.data ? <DeedBar place={place} flow={flow.data} deeds={deeds} /> : null}
              {mayStart ? <Button onClick={openRecord}>{t('tasks.change')}</Button> : null}
              {mayStart ? (
                <Button
                  type="primary"
                  loading={deeds.busy === 'submit'}
                  onClick={() => void deeds.act({ name: 'submit' })}
                >
                  {t('tasks.submitAgain')}
                </Button>
              ) : null}
              {flow.data?.task ? (
                <Button type="primary" onClick={() => go(`/app/${app}/tasks/todo`, { task: flow.data?.task })}>
                  {t('tasks.handle')}
                </Button>
              ) : null}
            </div>
          </section>
        ) : null}
      </article>
    </RecordSurroundings>
  )
}
