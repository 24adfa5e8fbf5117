/** The aggregates of an app 聚合表: what each counts and who takes values from it; new, renamed, removed. */
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { Plus, Sigma, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useT } from '@/i18n/i18n'
import { usePath } from '@/lib/route'
import { confirm } from '@/ui/confirm'
import { type AppDraft, savePart, useAppDraft } from '@/ui/design/draft'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { IconButton } from '@/ui/icon-button'
import { PageHeader } from '@/ui/page-header'
import { type Aggregate, aggregatesOf, asForm, usesOf } from '@/ui/record/aggregates'
import { RowBones } from '@/ui/skeletons'
import { Tag } from '@/ui/tag'
import { toast } from '@/ui/toast'
import css from '../aggregates/aggregates.module.css'
import { NewAggregate } from '../aggregates/new-aggregate'
import { formsOf } from '../design/fields'

function Entry({ app, draft, aggregate }: { app: string; draft: AppDraft; aggregate: Aggregate }) {
  const t = useT()
  const part = `aggregates/${aggregate.id}`
  const forms = formsOf(draft)
  const form = forms.find(({ id }) => id === aggregate.form)?.name ?? aggregate.form
  const uses = usesOf(draft, aggregate.id)
  const columns = asForm(aggregate, forms).fields.map(({ label }) => label)
  const listed = uses.join(t('dashboard.and'))
  const remove = async () => {
    const detail = uses.length > 0 ? t('dashboard.aggregateUsed', { uses: listed }) : t('dashboard.aggregateUnused')
    const title = t('dashboard.removeAggregate', { name: aggregate.name })
    if (!(await confirm({ title, detail, action: t('ui.delete') }))) return
    try {
      await savePart(app, part, null, draft.hashes[part])
    } catch (error) {
      toast.error(error)
    }
  }
  return (
    <li className={css.entry}>
      <Sigma size={18} aria-hidden />
      <div className={css.entryText}>
        <Link to={`/app/${app}/design/aggregate/${aggregate.id}` as string} className={css.entryName}>
          {aggregate.name}
        </Link>
        {draft.changed.includes(part) ? <Tag hue="orange">{t('dashboard.unpublished')}</Tag> : null}
        <p className={css.quiet}>{t('dashboard.aggregateOver', { form, columns: columns.join(t('dashboard.and')) })}</p>
        {uses.length > 0 ? <p className={css.quiet}>{t('dashboard.aggregateUses', { uses: listed })}</p> : null}
      </div>
      <IconButton
        icon={Trash2}
        label={t('dashboard.removeAggregate', { name: aggregate.name })}
        onClick={() => void remove()}
      />
    </li>
  )
}

/** A list; a name leads to its designer. */
export default function AggregatesPage() {
  const t = useT()
  const { app } = usePath()
  const { data: draft, error, refetch } = useAppDraft(app)
  const [adding, setAdding] = useState(false)
  if (error !== null && draft === undefined) return <ErrorState error={error} onRetry={refetch} />
  const found = draft ? aggregatesOf(draft) : []
  const add = (
    <Button type="primary" icon={<Plus size={16} aria-hidden />} disabled={!draft} onClick={() => setAdding(true)}>
      {t('dashboard.newAggregate')}
    </Button>
  )
  return (
    <div className={css.page}>
      <PageHeader title={t('dashboard.aggregates')} note={t('dashboard.aggregatesNote')}>
        {found.length > 0 ? add : null}
      </PageHeader>
      {draft === undefined ? <RowBones rows={4} /> : null}
      {draft && found.length === 0 ? (
        <EmptyState
          figure="house"
          title={t('dashboard.noAggregates')}
          hint={t('dashboard.noAggregatesHint')}
          action={add}
        />
      ) : null}
      {draft ? (
        <ul className={css.list}>
          {found.map((each) => (
            <Entry key={each.id} app={app} draft={draft} aggregate={each} />
          ))}
        </ul>
      ) : null}
      {adding && draft ? <NewAggregate app={app} draft={draft} onClose={() => setAdding(false)} /> : null}
    </div>
  )
}
