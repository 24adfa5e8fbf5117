/** The apps of the workspace 全部应用, and the first one when there is none yet. */
import { Link } from '@tanstack/react-router'
import { Button, Dropdown } from 'antd'
import { Ellipsis, Eraser, LayoutGrid, Plus } from 'lucide-react'
import { useState } from 'react'
import { useApi } from '@/api/query'
import type { components } from '@/api/schema'
import { useSession } from '@/api/session'
import { useT } from '@/i18n/i18n'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { IconButton } from '@/ui/icon-button'
import { iconNamed } from '@/ui/icons'
import { PageHeader } from '@/ui/page-header'
import { PageBones } from '@/ui/skeletons'
import css from '../apps.module.css'
import { clearSamples } from '../clear-samples'
import { NewAppDialog } from '../new-app-dialog'

type AppOut = components['schemas']['AppOut']

function AppCard({ app, admin }: { app: AppOut; admin: boolean }) {
  const t = useT()
  const Icon = iconNamed(app.icon, LayoutGrid)
  const clear = {
    key: 'clear',
    icon: <Eraser size={16} aria-hidden />,
    label: t('workspace.clearSamples'),
    onClick: () => clearSamples(app),
  }
  return (
    <div className={css.app}>
      <span className={css.icon}>
        <Icon size={20} aria-hidden />
      </span>
      <Link to={`/app/${app.id}`} className={css.open}>
        <span className={css.name}>{app.name}</span>
        <span className={css.note}>
          {app.id} · {t('workspace.appVersion', { number: app.number })}
        </span>
      </Link>
      {admin && app.template ? (
        <span className={css.more}>
          <Dropdown menu={{ items: [clear] }} trigger={['click']} placement="bottomRight">
            <IconButton icon={Ellipsis} label={t('ui.more')} />
          </Dropdown>
        </span>
      ) : null}
    </div>
  )
}

/** Cards; administrators may add one. */
export default function Apps() {
  const t = useT()
  const { data: session } = useSession()
  const { data: apps, error, refetch } = useApi('/api/apps')
  const [making, setMaking] = useState(false)
  if (error) return <ErrorState error={error} onRetry={refetch} />
  if (!apps || !session) return <PageBones />
  const { admin } = session
  const add = admin ? (
    <Button type="primary" icon={<Plus size={16} aria-hidden />} onClick={() => setMaking(true)} data-testid="new-app">
      {t('workspace.newApp')}
    </Button>
  ) : null
  return (
    <div className={css.apps}>
      {apps.length === 0 ? (
        <EmptyState
          figure="house"
          title={t('workspace.noApps')}
          hint={t(admin ? 'workspace.noAppsAdmin' : 'workspace.noAppsMember')}
          action={add}
        />
      ) : (
        <>
          <PageHeader title={t('workspace.apps')}>{add}</PageHeader>
          <div className={css.grid}>
            {apps.map((app) => (
              <AppCard key={app.id} app={app} admin={admin} />
            ))}
          </div>
        </>
      )}
      <NewAppDialog open={making} onClose={() => setMaking(false)} />
    </div>
  )
}
