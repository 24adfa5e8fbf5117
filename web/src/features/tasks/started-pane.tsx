/** What I started, at the right 我发起的: how far it is, and taking it back or sending it again. */
import { Button, Input } from 'antd'
import { useState } from 'react'
import { api } from '@/api/client'
import { renew, useApi } from '@/api/query'
import type { Values } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { useGo } from '@/lib/route'
import { confirm } from '@/ui/confirm'
import { ErrorState } from '@/ui/error-state'
import { RecordView } from '@/ui/record/record-view'
import { shapeOf } from '@/ui/record/shape'
import { RecordSurroundings } from '@/ui/record/surroundings'
import { Timeline, type TimelineEntry } from '@/ui/record/timeline'
import { FormBones } from '@/ui/skeletons'
import { toast } from '@/ui/toast'
import type { TaskCard } from './cards'
import { TaskHead } from './task-head'
import css from './tasks.module.css'

const RECORD = '/api/apps/{app}/forms/{form}/records/{record}'
type Step = 'withdraw' | 'submit' | 'comment'

/** Record, story, and what the initiator may do. */
export function StartedPane({ card, onBack }: { card: TaskCard; onBack: () => void }) {
  const t = useT()
  const go = useGo()
  const [busy, setBusy] = useState<Step | ''>('')
  const [comment, setComment] = useState('')
  const { app, form, record: id } = card
  const params = { path: { app, form, record: id } }
  const shape = useApi('/api/apps/{app}/forms/{form}', { params: { path: { app, form } } }, { staleTime: 60_000 })
  const record = useApi(RECORD, { params }, { retry: false })
  const flow = useApi(`${RECORD}/flow`, { params }, { retry: false })
  const error = shape.error ?? record.error ?? flow.error
  if (error) return <ErrorState error={error} onRetry={() => void record.refetch()} />
  if (!shape.data || !record.data || flow.isPending) return <FormBones fields={8} />

  const run = async (step: Step, said: string) => {
    setBusy(step)
    try {
      if (step === 'comment') await api.post(`${RECORD}/comment`, { params, body: { comment: comment.trim() } })
      else await api.post(`${RECORD}/${step}`, { params })
      setComment('')
      toast.done(said)
      await renew('/api/tasks', '/api/apps/{app}/forms/{form}/records')
    } catch (problem) {
      toast.error(problem)
    } finally {
      setBusy('')
    }
  }
  const withdraw = async () => {
    const question = { title: t('tasks.withdrawAsk'), detail: t('tasks.withdrawHint'), action: t('tasks.withdraw') }
    if (await confirm(question)) await run('withdraw', t('tasks.withdrawn'))
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
        {running || mayStart || flow.data?.can_withdraw || flow.data?.task ? (
          <section className={css.bar} aria-label={t('tasks.actions')}>
            <div className={css.word}>
              <Input.TextArea
                value={comment}
                maxLength={5000}
                autoSize={{ minRows: 1, maxRows: 5 }}
                placeholder={t('tasks.remark')}
                aria-label={t('tasks.remark')}
                onChange={(event) => setComment(event.target.value)}
              />
            </div>
            <div className={css.buttons}>
              <Button
                disabled={comment.trim() === ''}
                loading={busy === 'comment'}
                onClick={() => run('comment', t('tasks.commented'))}
              >
                {t('tasks.onlyComment')}
              </Button>
              {flow.data?.can_withdraw ? (
                <Button danger loading={busy === 'withdraw'} onClick={withdraw}>
                  {t('tasks.withdraw')}
                </Button>
              ) : null}
              {mayStart ? <Button onClick={openRecord}>{t('tasks.change')}</Button> : null}
              {mayStart ? (
                <Button type="primary" loading={busy === 'submit'} onClick={() => run('submit', t('tasks.submitted'))}>
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
