/** The records that point to this one 关联数据: a short list of each form, with a way to add. */

import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { ExternalLink, Plus } from 'lucide-react'
import { useMemo } from 'react'
import { api } from '@/api/client'
import { useApi } from '@/api/query'
import { typeNamed } from '@/fields/registry'
import { useT } from '@/i18n/i18n'
import { formatNumber } from '@/lib/format'
import { useGo } from '@/lib/route'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { FieldValue } from '@/ui/record/field-value'
import { shapeOf } from '@/ui/record/shape'
import { listFields, seenValues } from '@/ui/record/system'
import { RowBones } from '@/ui/skeletons'
import { carry } from './carried'
import { fieldsById } from './list-state'
import { NEW } from './place'
import css from './records.module.css'
import type { PageOut, RecordOut } from './use-records'

const SHOWN = 8
const COLUMNS = 5

interface Place {
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

function Rows({ place, onOpen }: { place: Place; onOpen: (form: string, id: string) => void }) {
  const t = useT()
  const answer = useApi('/api/apps/{app}/forms/{form}', { params: { path: { app: place.app, form: place.form } } })
  const page = usePointing(place)
  const columns = useMemo(() => {
    if (!answer.data) return []
    const { definition } = shapeOf(answer.data)
    const fields = listFields(definition, t).filter(({ id }) => id !== place.field)
    const wanted = fieldsById(definition.columns ?? [], fields)
    return (wanted.length > 0 ? wanted : fields).slice(0, COLUMNS)
  }, [answer.data, place.field, t])
  if (page.isError) return <ErrorState small error={page.error} onRetry={() => page.refetch()} />
  if (!page.data || !answer.data) return <RowBones rows={2} />
  const right = (type: string) => (typeNamed(type)?.align === 'right' ? css.right : '')
  return (
    <div className={css.small}>
      <table>
        <thead>
          <tr>
            {columns.map((field) => (
              <th key={field.id} className={right(field.type)}>
                {field.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {page.data.records.map((record) => {
            const values = seenValues(record as never)
            const titles = { ...page.data.titles, ...record.titles }
            return (
              <tr
                key={record.id}
                tabIndex={0}
                onClick={() => onOpen(place.form, record.id)}
                onKeyDown={(event) => event.key === 'Enter' && onOpen(place.form, record.id)}
              >
                {columns.map((field) => (
                  <td key={field.id} className={right(field.type)}>
                    <FieldValue field={field} value={values[field.id]} record={{ id: record.id, values, titles }} />
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

interface RelatedProps {
  app: string
  form: string
  record: RecordOut
  onOpen: (form: string, id: string) => void
}

/** The tab. */
export function Related({ app, form, record, onOpen }: RelatedProps) {
  const t = useT()
  const go = useGo()
  const path = { app, form, record: record.id }
  const lists = useApi('/api/apps/{app}/forms/{form}/records/{record}/related', { params: { path } })
  if (lists.isError) return <ErrorState small error={lists.error} onRetry={() => lists.refetch()} />
  if (!lists.data) return <RowBones rows={4} />
  const shown = lists.data.filter(({ count, can_create }) => count > 0 || can_create)
  if (shown.length === 0) return <EmptyState small title={t('records.noRelated')} />
  const add = (of: string, field: string, several: boolean) => {
    carry(of, { [field]: several ? [record.id] : record.id })
    onOpen(of, NEW)
  }
  return (
    <div className={`${css.tabBody} ${css.stack}`}>
      {shown.map(({ form: of, form_name, field, field_label, count, exact, can_create, several }) => {
        const plain = !field.includes('.')
        const twice = of === form || shown.filter((each) => each.form === of).length > 1
        return (
          <section key={`${of}.${field}`} aria-label={form_name}>
            <div className={css.relatedHead}>
              {form_name}
              {twice ? <span className={css.relatedCount}>{field_label}</span> : null}
              <span className={css.relatedCount}>
                {formatNumber(count)}
                {exact ? '' : '+'}
              </span>
              <span className={css.gap} />
              {plain && count > SHOWN ? (
                <Button
                  size="small"
                  type="text"
                  icon={<ExternalLink size={14} />}
                  onClick={() =>
                    go(`/app/${app}/form/${of}`, {
                      filter: { field, op: several ? 'has_any' : 'in', value: [record.id] },
                    })
                  }
                >
                  {t('records.showAll')}
                </Button>
              ) : null}
              {plain && can_create ? (
                <Button size="small" type="text" icon={<Plus size={14} />} onClick={() => add(of, field, several)}>
                  {t('ui.add')}
                </Button>
              ) : null}
            </div>
            {plain && count > 0 ? <Rows place={{ app, form: of, field, id: record.id }} onOpen={onOpen} /> : null}
          </section>
        )
      })}
    </div>
  )
}
