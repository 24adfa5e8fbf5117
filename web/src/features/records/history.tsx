/** What was changed by whom 数据日志: each field before → after. */
import { ArrowRight } from 'lucide-react'
import { useApi } from '@/api/query'
import { useFieldContext } from '@/fields/context'
import type { Json } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { formatTime } from '@/lib/format'
import { Person } from '@/ui/avatar'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { FieldValue } from '@/ui/record/field-value'
import { type FormShape, fieldsOf, isSame } from '@/ui/record/shape'
import { RowBones } from '@/ui/skeletons'
import { FilesThen, filesIn, isRows, RowsChanged } from './changed'
import css from './records.module.css'
import type { RecordOut } from './use-records'

export interface Line {
  seq: number
  at: string
  actor: string
  operation: string
  before: Record<string, unknown>
  after: Record<string, unknown>
  note?: string
  /** By side, values of a type that their field does not have any more, read aloud. */
  words?: Record<string, Record<string, string>>
  /** Of the records that either side names. */
  titles?: Record<string, string>
}

const NOBODY: ReadonlySet<string> = new Set()

/** One line: who, when, and what each field was and is. */
export function Change({ line, shape, record }: { line: Line; shape: FormShape; record: RecordOut }) {
  const t = useT()
  const { members } = useFieldContext()
  const name = members.find((each) => each.id === line.actor)?.name ?? t('fields.system')
  const fields = fieldsOf(shape).filter(
    ({ id }) =>
      (id in line.before || id in line.after) &&
      (line.words?.before?.[id] !== undefined || !isSame(line.before[id] as Json, line.after[id] as Json)),
  )
  const value = (field: (typeof fields)[number], side: 'before' | 'after') => {
    const held = (line[side][field.id] ?? null) as Json
    const words = line.words?.[side]?.[field.id]
    if (words !== undefined) return words
    const around = { id: '', values: {}, titles: line.titles ?? {} }
    if (filesIn(held).length > 0) {
      const ids = new Set(filesIn(record.values[field.id] as Json).map(({ id }) => id))
      return <FilesThen field={field} value={held} record={around} held={ids.size > 0 ? ids : NOBODY} />
    }
    return <FieldValue field={field} value={held} record={around} mode="display" />
  }
  const rows = (field: (typeof fields)[number]) =>
    isRows(field) && !line.words?.before?.[field.id] && !line.words?.after?.[field.id]
  return (
    <div className={css.change}>
      <div className={css.changeHead}>
        <Person name={name} seed={line.actor} />
        <span>{t(`records.did_${line.operation}`)}</span>
        {line.note ? <span>{line.note}</span> : null}
        <time className={css.changeTime}>{formatTime(line.at)}</time>
      </div>
      {line.operation === 'update'
        ? fields.map((field) => (
            <div key={field.id} className={css.changeLine}>
              <span className={css.quiet}>{field.label}</span>
              {rows(field) ? (
                <RowsChanged
                  field={field}
                  before={(line.before[field.id] ?? null) as Json}
                  after={(line.after[field.id] ?? null) as Json}
                  titles={line.titles ?? {}}
                />
              ) : (
                <>
                  <span className={css.before}>{value(field, 'before')}</span>
                  <ArrowRight size={14} className={css.changeArrow} aria-label="→" />
                  <span className={css.after}>{value(field, 'after')}</span>
                </>
              )}
            </div>
          ))
        : null}
    </div>
  )
}

/** The tab. */
export function History({ shape, record }: { shape: FormShape; record: RecordOut }) {
  const t = useT()
  const path = { app: shape.app, form: shape.form, record: record.id }
  const lines = useApi('/api/apps/{app}/forms/{form}/records/{record}/history', { params: { path } })
  if (lines.isError) return <ErrorState small error={lines.error} onRetry={() => lines.refetch()} />
  if (!lines.data) return <RowBones rows={4} />
  if (lines.data.length === 0) return <EmptyState small title={t('records.noHistory')} />
  return (
    <div className={css.tabBody}>
      {lines.data.map((line) => (
        <Change key={line.seq} {...{ line, shape, record }} />
      ))}
    </div>
  )
}
