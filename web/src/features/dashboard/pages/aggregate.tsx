/** The designer of an aggregate 聚合表设计: what it counts at the left, its live rows at the right. */
import { Button } from 'antd'
import { ArrowLeft } from 'lucide-react'
import { useState } from 'react'
import { useT } from '@/i18n/i18n'
import { useGo, usePath } from '@/lib/route'
import { useShortcuts } from '@/lib/use-shortcut'
import { ConflictDialog } from '@/ui/design/conflict-dialog'
import bar from '@/ui/design/design.module.css'
import { SaveMark, Steps } from '@/ui/design/design-bar'
import { type AppDraft, type Editor, useAppDraft, useEditor } from '@/ui/design/draft'
import { ProblemsButton } from '@/ui/design/problem-list'
import { PublishDialog } from '@/ui/design/publish-dialog'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { IconButton } from '@/ui/icon-button'
import type { Aggregate } from '@/ui/record/aggregates'
import { PageBones } from '@/ui/skeletons'
import css from '../aggregates/aggregates.module.css'
import { AggregatePane } from '../aggregates/pane'
import { AggregateRows } from '../aggregates/rows'
import frame from '../design/design.module.css'

function Screen({ app, draft, editor }: { app: string; draft: AppDraft; editor: Editor<Aggregate> }) {
  const t = useT()
  const go = useGo()
  const [publishing, setPublishing] = useState(false)
  const aggregate = editor.use((edited) => edited.history.present)
  const anyEditor = editor as unknown as Editor<never>
  const stay = () => undefined
  useShortcuts({
    'mod+s': () => setPublishing(true),
    'mod+z': editor.undo,
    'mod+shift+z': editor.redo,
    'mod+y': editor.redo,
  })
  return (
    <div className={frame.screen}>
      <header className={bar.bar}>
        <IconButton icon={ArrowLeft} label={t('design.back')} onClick={() => go(`/app/${app}/aggregates`)} />
        <h1 className={bar.barTitle}>{aggregate.name}</h1>
        <SaveMark editor={anyEditor} />
        <span className={bar.barEnd}>
          <Steps editor={anyEditor} />
          <ProblemsButton problems={draft.problems} parts={draft.parts} onJump={stay} />
          <Button type="primary" onClick={() => setPublishing(true)}>
            {t('design.publish')}
          </Button>
        </span>
        <ConflictDialog editor={anyEditor} />
        <PublishDialog
          app={app}
          open={publishing}
          flush={editor.flush}
          onClose={() => setPublishing(false)}
          onJump={stay}
        />
      </header>
      <div className={css.panes}>
        <aside className={css.left} aria-label={t('dashboard.properties')}>
          <AggregatePane app={app} draft={draft} aggregate={aggregate} editor={editor} />
        </aside>
        <main className={css.preview}>
          <p className={css.lead}>{t('dashboard.aggregatePreview')}</p>
          <AggregateRows app={app} aggregate={aggregate} />
        </main>
      </div>
    </div>
  )
}

/** Loads the draft, then opens its aggregate. */
export default function AggregateDesignerPage() {
  const t = useT()
  const { app, id } = usePath()
  const { data: draft, error, refetch } = useAppDraft(app)
  const editor = useEditor<Aggregate>(app, `aggregates/${id}`, draft)
  if (error !== null && draft === undefined) return <ErrorState error={error} onRetry={refetch} />
  if (draft === undefined) return <PageBones />
  if (editor === null) return <EmptyState title={t('dashboard.noAggregate')} hint={t('dashboard.missingHint')} />
  return <Screen key={id} app={app} draft={draft} editor={editor} />
}
