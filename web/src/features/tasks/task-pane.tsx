/** One task at the right 待办详情: the record as this node may see it, its story, and the bar to act. */
import { useMemo, useRef } from 'react'
import { useApi } from '@/api/query'
import { useFieldContext } from '@/fields/context'
import type { Values } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { useGo } from '@/lib/route'
import { ErrorState } from '@/ui/error-state'
import { ConflictDialog } from '@/ui/record/conflict-dialog'
import { RecordForm, scrollToProblem } from '@/ui/record/record-form'
import { RecordView } from '@/ui/record/record-view'
import { type FormShape, fieldsOf, shapeOf } from '@/ui/record/shape'
import { RecordSurroundings } from '@/ui/record/surroundings'
import { Timeline, type TimelineEntry } from '@/ui/record/timeline'
import { type Access, useRecordForm } from '@/ui/record/use-record-form'
import { FormBones } from '@/ui/skeletons'
import { ActionBar } from './action-bar'
import { mayFill } from './actions'
import { TaskHead } from './task-head'
import css from './tasks.module.css'
import { type TaskOut, useActing } from './use-acting'

interface TaskPaneProps {
  id: string
  onDone: (next: string) => void
  onBack: () => void
}

/** The form with only these fields, under one heading. */
function narrowed(shape: FormShape, ids: string[]): FormShape {
  const fields = fieldsOf(shape).filter(({ id }) => ids.includes(id))
  return { ...shape, definition: { ...shape.definition, fields, sections: [] } }
}

/** Whoever stands in for somebody is told so. */
function OnBehalf({ of }: { of: string }) {
  const t = useT()
  const { members } = useFieldContext()
  return (
    <p className={css.behalf}>{t('tasks.onBehalf', { name: members.find((each) => each.id === of)?.name ?? of })}</p>
  )
}

function Opened({ task, shape, onDone, onBack }: { task: TaskOut; shape: FormShape } & Omit<TaskPaneProps, 'id'>) {
  const t = useT()
  const go = useGo()
  const root = useRef<HTMLDivElement>(null)
  const { record, card, flow } = task
  const access = task.fields as Record<string, Access>
  const fillable = mayFill(task.actions)
  const state = useRecordForm({
    shape,
    start: record.values as Values,
    writable: fillable ? (record.writable ?? []) : [],
    access,
    titles: record.titles,
  })
  const latest = useRef(state)
  latest.current = state
  const showProblems = () => {
    requestAnimationFrame(() => scrollToProblem(root.current, latest.current.problems))
  }
  const acting = useActing({ task, state, onDone, onProblems: showProblems })
  const hidden = useMemo(
    () => new Set(Object.keys(access ?? {}).filter((field) => access[field] === 'hidden')),
    [access],
  )
  const openRecord = () => go(`/app/${card.app}/form/${card.form}`, { record: card.record })
  const asked = fillable
    ? fieldsOf(shape)
        .filter(state.writable)
        .map(({ id }) => id)
    : []
  const fills = asked.length > 0
  // few boxes among much to read stand above it; a form that is mostly filled here stays whole
  const few = fills && asked.length <= fieldsOf(shape).length / 3
  const around = { id: record.id, values: state.values, titles: record.titles }
  return (
    <RecordSurroundings shape={shape} task={card.task}>
      <article className={css.pane} aria-label={card.title}>
        <div className={css.scroll} ref={root}>
          <TaskHead
            title={card.title}
            formName={card.form_name}
            flow={flow}
            onOpenRecord={openRecord}
            onBack={onBack}
          />
          {task.on_behalf_of ? <OnBehalf of={task.on_behalf_of} /> : null}
          <div className={css.body}>
            {fills && few ? <h3 className={css.asked}>{t('tasks.asked')}</h3> : null}
            {fills ? <RecordForm state={few ? { ...state, shape: narrowed(shape, asked) } : state} /> : null}
            {fills && !few ? null : (
              <RecordView shape={shape} record={around} hidden={few ? new Set([...hidden, ...asked]) : hidden} />
            )}
          </div>
          <section className={css.story}>
            <h3>{t('tasks.story')}</h3>
            <Timeline entries={flow.timeline as TimelineEntry[]} />
          </section>
        </div>
        {task.actions.length > 0 ? <ActionBar task={task} acting={acting} onOpenRecord={openRecord} /> : null}
        {acting.clash ? (
          <ConflictDialog
            shape={shape}
            conflicts={acting.clash.conflicts}
            titles={record.titles ?? {}}
            onSettle={acting.settle}
            onCancel={acting.leaveClash}
          />
        ) : null}
      </article>
    </RecordSurroundings>
  )
}

/** Asks for the task and its form. */
export function TaskPane({ id, onDone, onBack }: TaskPaneProps) {
  const task = useApi('/api/tasks/{task}', { params: { path: { task: id } } }, { retry: false })
  const card = task.data?.card
  const shape = useApi(
    '/api/apps/{app}/forms/{form}',
    { params: { path: { app: card?.app ?? '', form: card?.form ?? '' } } },
    { enabled: card !== undefined, staleTime: 60_000 },
  )
  const error = task.error ?? shape.error
  if (error && !(task.data && shape.data)) return <ErrorState error={error} onRetry={() => task.refetch()} />
  if (!task.data || !shape.data) return <FormBones fields={8} />
  // what was typed stays while news comes in; another task, or an answered one, starts anew
  const key = `${id}/${mayFill(task.data.actions)}`
  return <Opened key={key} task={task.data} shape={shapeOf(shape.data)} onDone={onDone} onBack={onBack} />
}
