/** Which app one is in 应用切换, and the way to a new form. */
import { Link } from '@tanstack/react-router'
import { Dropdown } from 'antd'
import { ChevronsUpDown, LayoutGrid, Plus } from 'lucide-react'
import { useApi } from '@/api/query'
import { useT } from '@/i18n/i18n'
import { useGo } from '@/lib/route'
import { iconNamed } from '@/ui/icons'
import css from './shell.module.css'
import { useMenu } from './use-menu'

function Name({ app }: { app: string }) {
  const t = useT()
  const go = useGo()
  const { data: menu } = useMenu(app)
  const { data: apps } = useApi('/api/apps', undefined, { staleTime: 60_000 })
  const Icon = iconNamed(menu?.app.icon, LayoutGrid)
  const name = (
    <>
      <Icon size={18} aria-hidden />
      <span className={css.itemLabel}>{menu?.app.name}</span>
    </>
  )
  const others = (apps ?? []).filter(({ id }) => id !== app)
  if (others.length === 0) return <span className={css.appName}>{name}</span>
  const items = (apps ?? []).map(({ id, name: label }) => ({ key: id, label, onClick: () => go(`/app/${id}`) }))
  return (
    <Dropdown menu={{ items, selectedKeys: [app] }} trigger={['click']}>
      <button type="button" className={css.appName} aria-label={t('app.appSwitch')}>
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
  return (
    <div className={css.sideApp}>
      <Name app={app} />
      {menu?.can_design ? (
        <Link to={`/app/${app}/design/new`} className={css.edit} aria-label={t('app.newForm')} title={t('app.newForm')}>
          <Plus size={16} aria-hidden />
        </Link>
      ) : null}
    </div>
  )
}
