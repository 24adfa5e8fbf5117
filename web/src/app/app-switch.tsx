/** Which app one is in 应用切换: the others, a new one, and what may be done to this one. */
import { Link } from '@tanstack/react-router'
import { Dropdown, type MenuProps } from 'antd'
import { Check, ChevronsUpDown, Eraser, LayoutGrid, Plus } from 'lucide-react'
import { useState } from 'react'
import { useApi } from '@/api/query'
import { useSession } from '@/api/session'
import { clearSamples } from '@/features/workspace/clear-samples'
import { NewAppDialog } from '@/features/workspace/new-app-dialog'
import { useT } from '@/i18n/i18n'
import { useGo } from '@/lib/route'
import { iconNamed } from '@/ui/icons'
import css from './shell.module.css'
import { useMenu } from './use-menu'

type Items = NonNullable<MenuProps['items']>

function useItems(app: string, onNew: () => void): Items {
  const t = useT()
  const go = useGo()
  const { data: session } = useSession()
  const { data: menu } = useMenu(app)
  const { data: apps = [] } = useApi('/api/apps', undefined, { staleTime: 60_000 })
  const namesakes = (name: string) => apps.filter((each) => each.name === name).length > 1
  const places: Items = apps.map(({ id, name, icon }) => {
    const Icon = id === app ? Check : iconNamed(icon, LayoutGrid)
    return {
      key: id,
      icon: <Icon size={16} aria-hidden />,
      label: namesakes(name) ? `${name} (${id})` : name,
      onClick: () => go(`/app/${id}`),
    }
  })
  const all = { key: '/apps', icon: <LayoutGrid size={16} aria-hidden />, label: t('app.allApps') }
  if (!session?.admin)
    return apps.length > 1 ? [...places, { type: 'divider' }, { ...all, onClick: () => go('/apps') }] : []
  const here = menu?.app
  const deeds: Items = [
    { key: '/new', icon: <Plus size={16} aria-hidden />, label: t('app.newApp'), onClick: onNew },
    { ...all, onClick: () => go('/apps') },
  ]
  if (here?.template) {
    const icon = <Eraser size={16} aria-hidden />
    deeds.push(
      { type: 'divider' },
      { key: '/clear', icon, label: t('workspace.clearSamples'), onClick: () => clearSamples(here) },
    )
  }
  return [...places, { type: 'divider' }, ...deeds]
}

function Name({ app, onNew }: { app: string; onNew: () => void }) {
  const t = useT()
  const { data: menu } = useMenu(app)
  const items = useItems(app, onNew)
  const Icon = iconNamed(menu?.app.icon, LayoutGrid)
  const name = (
    <>
      <Icon size={18} aria-hidden />
      <span className={css.itemLabel}>{menu?.app.name}</span>
    </>
  )
  if (items.length === 0) return <span className={css.appName}>{name}</span>
  return (
    <Dropdown menu={{ items, selectedKeys: [app] }} trigger={['click']}>
      <button type="button" className={css.appName} title={t('app.appSwitch')} data-testid="app-switch">
        {name}
        <ChevronsUpDown size={14} aria-hidden />
      </button>
    </Dropdown>
  )
}

/** The app's name, a list of the others behind it, and "+" for who may design. */
export function AppSwitch({ app }: { app: string }) {
  const t = useT()
  const { data: menu } = useMenu(app)
  const [making, setMaking] = useState(false)
  return (
    <div className={css.sideApp}>
      <Name app={app} onNew={() => setMaking(true)} />
      {menu?.can_design ? (
        <Link to={`/app/${app}/design/new`} className={css.edit} aria-label={t('app.newForm')} title={t('app.newForm')}>
          <Plus size={16} aria-hidden />
        </Link>
      ) : null}
      <NewAppDialog open={making} onClose={() => setMaking(false)} />
    </div>
  )
}
