/** The bar at the foot of a phone 底部标签栏. */
import { Link } from '@tanstack/react-router'
import { House, Inbox, LayoutGrid, Send } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import css from './shell.module.css'
import { useCounts } from './use-menu'

/** Home, to-do, what I started, the whole menu. */
export function TabBar({ app, home, onMenu }: { app: string; home: string; onMenu: () => void }) {
  const t = useT()
  const { data } = useCounts(app)
  const todo = data?.todo ?? 0
  return (
    <nav className={`${css.tabs} no-print`} aria-label={t('app.menu')}>
      <Link to={home || `/app/${app}`} className={css.tab}>
        <House size={20} aria-hidden />
        {t('app.home')}
      </Link>
      <Link to={`/app/${app}/tasks/todo`} className={css.tab}>
        <Inbox size={20} aria-hidden />
        {t('app.todoShort')}
        {todo > 0 ? <span className={`${css.count} ${css.tabCount}`}>{todo}</span> : null}
      </Link>
      <Link to={`/app/${app}/tasks/initiated`} className={css.tab}>
        <Send size={20} aria-hidden />
        {t('app.initiated')}
      </Link>
      <button type="button" className={css.tab} onClick={onMenu}>
        <LayoutGrid size={20} aria-hidden />
        {t('app.menu')}
      </button>
    </nav>
  )
}
