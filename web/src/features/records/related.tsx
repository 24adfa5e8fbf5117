/** The records that point to this one 关联数据: a short list of each form, read and edited in place, with a way to add. */

import { Button } from 'antd'
import { ExternalLink, Plus } from 'lucide-react'
import { useState } from 'react'
import { useApi } from '@/api/query'
import { useT } from '@/i18n/i18n'
import { formatNumber } from '@/lib/format'
import { useGo } from '@/lib/route'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { RowBones } from '@/ui/skeletons'
import { carry } from './carried'
import { NEW } from './place'
import css from './records.module.css'
import { RelatedRows, SHOWN } from './related-rows'
import type { RecordOut } from './use-records'

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
  const [adding, setAdding] = useState('')
  const path = { app, form, record: record.id }
  const lists = useApi('/api/apps/{app}/forms/{form}/records/{record}/related', { params: { path } })
  if (lists.isError) return <ErrorState small error={lists.error} onRetry={() => lists.refetch()} />
  if (!lists.data) return <RowBones rows={4} />
  const shown = lists.data.filter(({ count, can_create }) => count > 0 || can_create)
  if (shown.length === 0) return <EmptyState small title={t('records.noRelated')} />
  const add = (of: string, field: string, several: boolean, workflow: boolean) => {
    if (!workflow) return setAdding(`${of}.${field}`)
    carry(of, { [field]: several ? [record.id] : record.id })
    onOpen(of, NEW)
  }
  return (
    <div className={`${css.tabBody} ${css.stack}`}>
      {shown.map(({ form: of, form_name, field, field_label, count, exact, can_create, several, workflow }) => {
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
                <Button
                  size="small"
                  type="text"
                  icon={<Plus size={14} />}
                  onClick={() => add(of, field, several, workflow)}
                >
                  {t('ui.add')}
                </Button>
              ) : null}
            </div>
            {plain && (count > 0 || adding === `${of}.${field}`) ? (
              <RelatedRows
                place={{ app, form: of, field, id: record.id }}
                {...{ several, onOpen }}
                adding={adding === `${of}.${field}`}
                onAdded={() => setAdding('')}
              />
            ) : null}
          </section>
        )
      })}
    </div>
  )
}
