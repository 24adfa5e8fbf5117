/** The versions of an app 版本: who published what when, in words; any of them can come back. */
import { Alert, Button } from 'antd'
import { ArrowLeft, History } from 'lucide-react'
import { useState } from 'react'
import { api, type GetAnswer } from '@/api/client'
import { renew, useApi } from '@/api/query'
import { useT } from '@/i18n/i18n'
import { formatAgo, formatTime } from '@/lib/format'
import { useGo, usePath, useSearchState } from '@/lib/route'
import { confirm } from '@/ui/confirm'
import { ChangeList } from '@/ui/design/change-list'
import { forgetDrafts, useAppDraft } from '@/ui/design/draft'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { IconButton } from '@/ui/icon-button'
import { PageHeader } from '@/ui/page-header'
import { RowBones } from '@/ui/skeletons'
import { Tag } from '@/ui/tag'
import { toast } from '@/ui/toast'
import { MigrateDrawer } from '../migrate-drawer'
import { RunningList, runningOn, useRunning } from '../running'
import css from '../versions.module.css'

type Version = GetAnswer<'/api/apps/{app}/versions'>[number]

const FEW = 8

function Changes({ version, first }: { version: Version; first: boolean }) {
  const t = useT()
  const [all, setAll] = useState(false)
  const { changes } = version
  if (changes.length === 0) {
    return <p className={css.quiet}>{t(first ? 'versions.first' : 'versions.noChanges')}</p>
  }
  const hidden = changes.length - FEW
  return (
    <>
      <ChangeList changes={all ? changes : changes.slice(0, FEW)} />
      {hidden > 0 ? (
        <Button type="link" size="small" className={css.more} onClick={() => setAll(!all)}>
          {all ? t('versions.less') : t('versions.more', { count: hidden })}
        </Button>
      ) : null}
    </>
  )
}

interface EntryProps {
  version: Version
  first: boolean
  busy: boolean
  /** How many instances run on it. */
  running: number
  onRestore: () => void
}

function Entry({ version, first, busy, running, onRestore }: EntryProps) {
  const t = useT()
  return (
    <li className={css.entry} data-live={version.live}>
      <div className={css.head}>
        <h2>{t('versions.version', { number: version.number })}</h2>
        {version.live ? <Tag hue="green">{t('versions.live')}</Tag> : null}
        {running > 0 ? (
          <Tag hue={version.live ? 'grey' : 'orange'}>{t('versions.runningCount', { count: running })}</Tag>
        ) : null}
        <span className={css.quiet} title={formatTime(version.at)}>
          {version.author_name} · {formatAgo(version.at)} · <span className="tabular">{formatTime(version.at)}</span>
        </span>
        {version.live ? null : (
          <Button size="small" icon={<History size={14} aria-hidden />} disabled={busy} onClick={onRestore}>
            {t('versions.restore')}
          </Button>
        )}
      </div>
      {version.message ? <p className={css.message}>{version.message}</p> : null}
      <Changes version={version} first={first} />
    </li>
  )
}

/** Newest first, with what the draft holds above. */
export default function VersionsPage() {
  const t = useT()
  const go = useGo()
  const { app } = usePath()
  const [{ form, migrate = '' }, setSearch] = useSearchState<{ form?: string; migrate?: string }>()
  const { data: versions, error, refetch } = useApi('/api/apps/{app}/versions', { params: { path: { app } } })
  const { data: draft } = useAppDraft(app)
  const [busy, setBusy] = useState(false)
  const changed = draft?.changed.filter((part) => !part.startsWith('locales/')) ?? []
  const workflows = Object.keys(draft?.parts ?? {}).flatMap((part) =>
    part.startsWith('workflows/') ? [part.slice(10)] : [],
  )
  const running = useRunning(app, workflows)
  const nameOf = (part: string) => String((draft?.parts[part] as { name?: string } | undefined)?.name ?? part)

  const restore = async (number: number) => {
    const detail = [t('versions.restoreText'), changed.length > 0 ? t('versions.restoreDraft') : ''].join(' ')
    const title = t('versions.restoreTitle', { number })
    if (!(await confirm({ title, detail, action: t('versions.restore'), danger: changed.length > 0 }))) return
    setBusy(true)
    try {
      const version = await api.post('/api/apps/{app}/versions/{number}/restore', { params: { path: { app, number } } })
      forgetDrafts(app)
      toast.done(t('versions.restored', { number: version.number }))
      await renew('/api/apps')
    } catch (problem) {
      toast.error(problem)
    } finally {
      setBusy(false)
    }
  }
  const back = form ? `/app/${app}/design/form/${form}` : `/app/${app}`
  return (
    <div className={css.page}>
      <PageHeader
        title={t('versions.title')}
        note={t('versions.note')}
        before={<IconButton icon={ArrowLeft} label={t('versions.back')} onClick={() => go(back)} />}
      />
      {changed.length > 0 ? (
        <Alert
          type="info"
          showIcon
          className={css.draft}
          title={t('versions.draftTitle')}
          description={t('versions.draftText', {
            count: changed.length,
            parts: changed.map(nameOf).join(t('design.comma')),
          })}
          action={
            <Button size="small" onClick={() => go(editorOf(app, changed[0] ?? '', draft?.parts ?? {}))}>
              {t('versions.openDraft')}
            </Button>
          }
        />
      ) : null}
      {error !== null && versions === undefined ? <ErrorState error={error} onRetry={refetch} /> : null}
      {error === null && versions === undefined ? <RowBones rows={6} /> : null}
      {versions?.length === 0 ? <EmptyState title={t('versions.empty')} /> : null}
      <RunningList running={running} onMigrate={(workflow) => setSearch({ migrate: workflow })} />
      <ol className={css.list}>
        {versions?.map((version, at) => (
          <Entry
            key={version.number}
            version={version}
            first={at === versions.length - 1}
            busy={busy}
            running={runningOn(running, version.number)}
            onRestore={() => void restore(version.number)}
          />
        ))}
      </ol>
      <MigrateDrawer app={app} workflow={migrate} onClose={() => setSearch({ migrate: undefined })} />
    </div>
  )
}

/** Where a part of the draft is edited. */
function editorOf(app: string, part: string, parts: Record<string, unknown>): string {
  const [room, id = ''] = part.split('/')
  if (room === 'forms') return `/app/${app}/design/form/${id}`
  if (room === 'dashboards') return `/app/${app}/design/dashboard/${id}`
  const form = (parts[part] as { form?: string } | undefined)?.form
  return room === 'workflows' && form !== undefined ? `/app/${app}/design/flow/${form}` : `/app/${app}`
}
