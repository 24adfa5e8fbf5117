/** The newest records of one related list 关联列表: read and edited where they stand, rows on a desk, cards on a phone. */
import { useQuery } from '@tanstack/react-query'
import { Pencil, Trash2 } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import { api } from '@/api/client'
import { renew, useApi } from '@/api/query'
import type { Field, Values } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import { useT } from '@/i18n/i18n'
import { useIsPhone } from '@/lib/use-is-phone'
import { ErrorState } from '@/ui/error-state'
import { IconButton } from '@/ui/icon-button'
import { FieldValue } from '@/ui/record/field-value'
import { type FormShape, isBlank, shapeOf } from '@/ui/record/shape'
import { listFields, seenValues } from '@/ui/record/system'
import { RowBones } from '@/ui/skeletons'
import { toast } from '@/ui/toast'
import { removeRecords } from './deeds'
import { fieldsById } from './list-state'
import { QuickCreating } from './quick-create'
import css from './records.module.css'
import own from './related.module.css'
import { RelatedEdit } from './related-edit'
import type { PageOut, RecordOut } from './use-records'

export const SHOWN = 8
const COLUMNS = 5
const RECORDS = '/api/apps/{app}/forms/{form}/records'

export interface Place {
  app: string
  form: string
  field: string
  id: string
}

/** The newest records of `form` whose `field` names `id`. The key begins as all questions about records do. */
function usePointing({ app, form, field, id }: Place) {
  const path = '/api/apps/{app}/forms/{form}/records/query' as const
  const body = {
    filter: { field, op: 'eq', value: id } as never,
    sort: [{ field: 'created_at', descending: true }],
    limit: SHOWN,
  }
  return useQuery({
    queryKey: [path, { app, form, field, id }],
    queryFn: (): Promise<PageOut> => api.post(path, { params: { path: { app, form } }, body: body as never }),
  })
}

interface DeedsProps {
  record: RecordOut
  shape: FormShape
  onEdit: () => void
  onRemove: () => void
}

function Deeds({ record, shape, onEdit, onRemove }: DeedsProps) {
  const t = useT()
  const size = useIsPhone() ? 'large' : 'small'
  const may = (operation: string) => shape.operations.includes(operation)
  const name = record.title || shape.definition.name
  return (
    <>
      {may('update') ? (
        <IconButton size={size} iconSize={14} icon={Pencil} label={t('records.editHere', { name })} onClick={onEdit} />
      ) : null}
      {may('delete') ? (
        <IconButton
          size={size}
          iconSize={14}
          icon={Trash2}
          label={t('records.deleteHere', { name })}
          onClick={onRemove}
        />
      ) : null}
    </>
  )
}

interface EntryProps extends DeedsProps {
  columns: Field[]
  titles: Record<string, string>
  onOpen: () => void
}

const right = (type: string) => (typeNamed(type)?.align === 'right' ? css.right : '')

function Row({ columns, titles, onOpen, ...deeds }: EntryProps) {
  const { record } = deeds
  const values = seenValues(record as never)
  return (
    <tr
      tabIndex={0}
      onClick={onOpen}
      onKeyDown={(event) => event.target === event.currentTarget && event.key === 'Enter' && onOpen()}
    >
      {columns.map((field) => (
        <td key={field.id} className={right(field.type)}>
          <FieldValue field={field} value={values[field.id]} record={{ id: record.id, values, titles }} />
        </td>
      ))}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: its buttons have keys of their own */}
      <td className={own.tools} onClick={(event) => event.stopPropagation()}>
        <span className={own.quiet}>
          <Deeds {...deeds} />
        </span>
      </td>
    </tr>
  )
}

function Card({ columns, titles, onOpen, ...deeds }: EntryProps) {
  const { record } = deeds
  const values = seenValues(record as never)
  return (
    <div className={own.card}>
      <button type="button" className={own.cardOpen} onClick={onOpen}>
        {columns
          .filter((field) => !isBlank(values[field.id]))
          .map((field) => (
            <span key={field.id} className={own.cardLine}>
              <span>{field.label}</span>
              <span>
                <FieldValue field={field} value={values[field.id]} record={{ id: record.id, values, titles }} />
              </span>
            </span>
          ))}
      </button>
      <div className={own.cardFoot}>
        <Deeds {...deeds} />
      </div>
    </div>
  )
}

/** Fetches a record as it is now, with what may be done to it, before it is typed into. */
function useEditing({ app, form }: Place) {
  const t = useT()
  const [record, setRecord] = useState<RecordOut | null>(null)
  const begin = async (id: string) => {
    try {
      const path = '/api/apps/{app}/forms/{form}/records/{record}'
      const found = await api.get(path, { params: { path: { app, form, record: id } } })
      if (found.can?.includes('update')) setRecord(found)
      else toast.done(t('records.notEditable'))
    } catch (error) {
      toast.error(error)
    }
  }
  return { record, begin, end: () => setRecord(null) }
}

interface RowsProps {
  place: Place
  /** Whether a new one is being typed. */
  adding: boolean
  several: boolean
  onAdded: () => void
  onOpen: (form: string, id: string) => void
}

function Lines({ place, shape, adding, several, onAdded, onOpen }: RowsProps & { shape: FormShape }) {
  const t = useT()
  const phone = useIsPhone()
  const page = usePointing(place)
  const { record: edited, begin, end } = useEditing(place)
  const columns = useMemo(() => {
    const fields = listFields(shape.definition, t).filter(({ id }) => id !== place.field)
    const wanted = fieldsById(shape.definition.columns ?? [], fields)
    return (wanted.length > 0 ? wanted : fields).slice(0, COLUMNS)
  }, [shape, place.field, t])
  if (page.isError) return <ErrorState small error={page.error} onRetry={() => page.refetch()} />
  if (!page.data) return <RowBones rows={2} />
  const { records, titles } = page.data
  const fresh = () => renew(RECORDS)
  const typed = { shape, columns, by: place.field }
  const start: Values = { [place.field]: several ? [place.id] : place.id }
  const added = adding ? (
    <RelatedEdit
      key="new"
      {...typed}
      start={start}
      titles={titles ?? {}}
      onSaved={() => {
        onAdded()
        void fresh()
      }}
      onCancel={onAdded}
    />
  ) : null
  const lines = records.map((record): ReactNode => {
    const named = { ...titles, ...record.titles }
    if (edited?.id === record.id) {
      const saved = () => {
        end()
        void fresh()
      }
      const words = { ...named, ...edited.titles }
      const held = edited.values as Values
      return (
        <RelatedEdit
          key={record.id}
          {...typed}
          record={edited}
          start={held}
          titles={words}
          onSaved={saved}
          onCancel={end}
        />
      )
    }
    const Entry = phone ? Card : Row
    return (
      <Entry
        key={record.id}
        {...{ record, shape, columns }}
        titles={named}
        onOpen={() => onOpen(place.form, record.id)}
        onEdit={() => void begin(record.id)}
        onRemove={() => void removeRecords(place.app, place.form, [record.id], t, () => void fresh())}
      />
    )
  })
  if (lines.length === 0 && !added) return null
  if (phone) {
    return (
      <div className={own.cards}>
        {added}
        {lines}
      </div>
    )
  }
  return (
    <div className={`${css.small} ${own.list}`}>
      <table>
        <thead>
          <tr>
            {columns.map((field) => (
              <th key={field.id} className={right(field.type)}>
                {field.label}
              </th>
            ))}
            <td className={own.tools} />
          </tr>
        </thead>
        <tbody>
          {added}
          {lines}
        </tbody>
      </table>
    </div>
  )
}

/** The list once its form is known. */
export function RelatedRows(props: RowsProps) {
  const { app, form } = props.place
  const answer = useApi('/api/apps/{app}/forms/{form}', { params: { path: { app, form } } })
  const shape = useMemo(() => (answer.data ? shapeOf(answer.data) : undefined), [answer.data])
  if (answer.isError) return <ErrorState small error={answer.error} onRetry={() => answer.refetch()} />
  if (!shape) return <RowBones rows={2} />
  return (
    <QuickCreating shape={shape} openRecord={props.onOpen}>
      <Lines {...props} shape={shape} />
    </QuickCreating>
  )
}
