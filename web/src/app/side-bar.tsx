/** The tree at the left 侧边栏: to-do boxes with live counts, then the app's forms and dashboards. */
import { Link } from '@tanstack/react-router'
import {
  ChartNoAxesColumn,
  ClipboardList,
  CopyCheck,
  FilePenLine,
  History,
  Inbox,
  LayoutDashboard,
  type LucideIcon,
  PencilRuler,
  Send,
  Sigma,
  Workflow,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { useT } from '@/i18n/i18n'
import { iconNamed } from '@/ui/icons'
import { RowBones } from '@/ui/skeletons'
import css from './shell.module.css'
import { BOXES, type MenuItem, placeOf, useCounts, useMenu } from './use-menu'

const BOX_ICONS: Record<(typeof BOXES)[number], LucideIcon> = {
  todo: Inbox,
  initiated: Send,
  handled: CopyCheck,
  copied: ClipboardList,
}

interface EntryProps {
  to: string
  icon: LucideIcon
  label: string
  count?: number
  quiet?: boolean
  folded: boolean
  edits?: ReactNode
}

function Entry({ to, icon: Icon, label, count = 0, quiet = false, folded, edits }: EntryProps) {
  return (
    <div className={css.row}>
      <Link to={to} className={css.item} title={folded ? label : undefined} aria-label={folded ? label : undefined}>
        <Icon size={18} aria-hidden />
        {folded ? null : <span className={css.itemLabel}>{label}</span>}
        {count > 0 && !folded ? <span className={`${css.count} ${quiet ? css.countQuiet : ''}`}>{count}</span> : null}
      </Link>
      {folded ? null : edits}
    </div>
  )
}

function Pencil({ to, label, icon: Icon = FilePenLine }: { to: string; label: string; icon?: LucideIcon }) {
  return (
    <Link to={to} className={css.edit} aria-label={label} title={label}>
      <Icon size={15} aria-hidden />
    </Link>
  )
}

/** What an administrator may change about an item. */
function Edits({ app, item }: { app: string; item: MenuItem }) {
  const t = useT()
  const name = item.label
  if (item.kind === 'dashboard') {
    return (
      <span className={css.edits}>
        <Pencil
          to={`/app/${app}/design/dashboard/${item.id}`}
          label={t('app.designDashboard', { name })}
          icon={PencilRuler}
        />
      </span>
    )
  }
  return (
    <span className={css.edits}>
      {item.workflow ? (
        <Pencil to={`/app/${app}/design/flow/${item.id}`} label={t('app.designFlow', { name })} icon={Workflow} />
      ) : null}
      <Pencil to={`/app/${app}/design/form/${item.id}`} label={t('app.designForm', { name })} />
    </span>
  )
}

function Boxes({ app, folded }: { app: string; folded: boolean }) {
  const t = useT()
  const { data } = useCounts(app)
  const counts: Record<string, number> = { todo: data?.todo ?? 0, copied: data?.copied ?? 0 }
  return BOXES.map((box) => (
    <Entry
      key={box}
      to={`/app/${app}/tasks/${box}`}
      icon={BOX_ICONS[box]}
      label={t(`app.${box}`)}
      count={counts[box]}
      quiet={box !== 'todo'}
      folded={folded}
    />
  ))
}

/** The menu itself, without its column: also stands in the phone's drawer. */
export function MenuTree({ app, folded = false }: { app: string; folded?: boolean }) {
  const t = useT()
  const { data: menu } = useMenu(app)
  return (
    <>
      <Boxes app={app} folded={folded} />
      {menu ? null : <RowBones rows={6} />}
      {menu?.groups.map((group) => (
        <div key={group.id} className={css.group}>
          {folded || !group.label ? null : <div className={css.groupLabel}>{group.label}</div>}
          {group.items.map((item) => (
            <Entry
              key={`${item.kind}:${item.id}`}
              to={placeOf(app, item)}
              icon={iconNamed(item.icon, item.kind === 'dashboard' ? LayoutDashboard : ClipboardList)}
              label={item.label}
              folded={folded}
              edits={menu.can_design ? <Edits app={app} item={item} /> : null}
            />
          ))}
        </div>
      ))}
      {menu?.can_design || menu?.analyses?.length ? (
        <div className={css.sideFoot}>
          {menu.analyses?.length ? (
            <Entry to={`/app/${app}/analysis`} icon={ChartNoAxesColumn} label={t('app.analysis')} folded={folded} />
          ) : null}
          {menu.can_design ? (
            <Entry to={`/app/${app}/aggregates`} icon={Sigma} label={t('app.aggregates')} folded={folded} />
          ) : null}
          {menu.can_design ? (
            <Entry to={`/app/${app}/versions`} icon={History} label={t('app.versions')} folded={folded} />
          ) : null}
        </div>
      ) : null}
    </>
  )
}

/** The column at the left of a desktop. */
export function SideBar({ app, folded, head }: { app: string; folded: boolean; head?: ReactNode }) {
  const t = useT()
  return (
    <nav className={`${css.side} ${folded ? css.sideFolded : ''} no-print`} aria-label={t('app.menu')}>
      {folded ? null : head}
      <MenuTree app={app} folded={folded} />
    </nav>
  )
}
