/** The rows of an aggregate being designed 聚合表预览: live, a moment after it was changed. */
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { api } from '@/api/client'
import type { Field, Values } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import { useT } from '@/i18n/i18n'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import type { Aggregate } from '@/ui/record/aggregates'
import { RowBones } from '@/ui/skeletons'
import { useSettled } from '../design/use-preview'
import css from './aggregates.module.css'

interface Page {
  fields: Field[]
  records: { id: string; values: Values }[]
  titles: Record<string, string>
  next: string
  problem: string
  more: boolean
}

function useRows(app: string, aggregate: Aggregate) {
  const question = useSettled(JSON.stringify(aggregate))
  return useInfiniteQuery({
    queryKey: ['aggregate-preview', app, question],
    queryFn: async ({ pageParam, signal }) => {
      const body = { aggregate: JSON.parse(question) as Record<string, unknown>, search: '', after: pageParam }
      const path = '/api/apps/{app}/aggregates/preview'
      return (await api.post(path, { params: { path: { app } }, body, signal })) as unknown as Page
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: keepPreviousData,
    retry: false,
  })
}

const alignOf = (field: Field) => (typeNamed(field.type)?.align === 'right' ? css.right : undefined)

function Cells({
  fields,
  record,
  titles,
}: {
  fields: Field[]
  record: Page['records'][number]
  titles: Page['titles']
}) {
  return fields.map((field) => {
    const Cell = typeNamed(field.type)?.Cell
    const around = { id: record.id, values: record.values, titles }
    return (
      <td key={field.id} className={alignOf(field)}>
        {Cell ? <Cell field={field} value={record.values[field.id] ?? null} record={around} /> : null}
      </td>
    )
  })
}

/** A table, as whoever picks from it will see it. */
export function AggregateRows({ app, aggregate }: { app: string; aggregate: Aggregate }) {
  const t = useT()
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useRows(app, aggregate)
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />
  const first = data?.pages[0]
  if (first === undefined) return <RowBones rows={8} />
  if (first.problem) return <EmptyState figure="fish" title={t('dashboard.aggregateUnsound')} hint={first.problem} />
  if (first.records.length === 0) return <EmptyState figure="fish" title={t('dashboard.aggregateEmpty')} />
  return (
    <div className={css.rows}>
      <table className={css.table} aria-label={t('dashboard.aggregateRows')}>
        <thead>
          <tr>
            {first.fields.map((field) => (
              <th key={field.id} className={alignOf(field)}>
                {field.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data?.pages.flatMap((page) =>
            page.records.map((record) => (
              <tr key={record.id}>
                <Cells fields={first.fields} record={record} titles={page.titles} />
              </tr>
            )),
          )}
        </tbody>
      </table>
      {hasNextPage ? (
        <Button type="text" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('ui.more')}
        </Button>
      ) : null}
      {first.more ? <p className={css.quiet}>{t('dashboard.aggregateCut')}</p> : null}
    </div>
  )
}
