/** The workspace's settings 设置: people, invitations, tokens. */
import { Link } from '@tanstack/react-router'
import {
  ArrowLeft,
  Bell,
  Bot,
  Building2,
  CalendarDays,
  KeyRound,
  type LucideIcon,
  Mail,
  MapPinned,
  Network,
  ScrollText,
  ShieldCheck,
  Users,
} from 'lucide-react'
import { type ComponentType, lazy, Suspense, useEffect, useRef } from 'react'
import { homeOf, useSession } from '@/api/session'
import { useT } from '@/i18n/i18n'
import { Redirect } from '@/lib/redirect'
import { usePath } from '@/lib/route'
import { EmptyState } from '@/ui/empty-state'
import { RowBones } from '@/ui/skeletons'
import { Audit } from '../settings/audit'
import { Departments } from '../settings/departments'
import { Invites } from '../settings/invites'
import { Members } from '../settings/members'
import { Roles } from '../settings/roles'
import { Tokens } from '../settings/tokens'
import { WorkspaceForm } from '../settings/workspace-form'
import css from '../workspace.module.css'

const Channels = lazy(() => import('../settings/channels'))
const Robots = lazy(() => import('../settings/robots'))
const Calendar = lazy(() => import('../settings/calendar'))
const Regions = lazy(() => import('../settings/regions'))

interface Tab {
  id: string
  icon: LucideIcon
  Panel: ComponentType
  /** Open to everybody, not to administrators only. */
  mine?: boolean
}

const TABS: Tab[] = [
  { id: 'members', icon: Users, Panel: Members },
  { id: 'departments', icon: Network, Panel: Departments },
  { id: 'roles', icon: ShieldCheck, Panel: Roles },
  { id: 'invites', icon: Mail, Panel: Invites },
  { id: 'notices', icon: Bell, Panel: Channels, mine: true },
  { id: 'tokens', icon: KeyRound, Panel: Tokens, mine: true },
  { id: 'audit', icon: ScrollText, Panel: Audit },
  { id: 'calendar', icon: CalendarDays, Panel: Calendar },
  { id: 'regions', icon: MapPinned, Panel: Regions },
  { id: 'robots', icon: Bot, Panel: Robots },
  { id: 'workspace', icon: Building2, Panel: WorkspaceForm },
]

/** Tabs at the left, the chosen panel at the right. */
export default function Settings() {
  const t = useT()
  const { tab } = usePath()
  const { data: session } = useSession()
  const tabs = useRef<HTMLElement>(null)
  const ready = session !== undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: on a phone another tab may stand out of sight
  useEffect(() => {
    tabs.current?.querySelector('[data-status="active"]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [tab, ready])
  if (!session) return null
  const admin = session.admin
  const shown = TABS.filter(({ mine }) => mine || admin)
  const chosen = TABS.find(({ id }) => id === tab)
  if (!chosen) return <Redirect to={admin ? '/settings/members' : '/settings/tokens'} />
  return (
    <div className={css.settings}>
      <nav ref={tabs} className={css.tabs} aria-label={t('workspace.settings')}>
        <Link to={homeOf(session)} className={css.tab}>
          <ArrowLeft size={16} aria-hidden />
          {t('workspace.backToWork')}
        </Link>
        {shown.map(({ id, icon: Icon }) => (
          <Link key={id} to={`/settings/${id}`} className={css.tab}>
            <Icon size={16} aria-hidden />
            {t(`workspace.${id}`)}
          </Link>
        ))}
      </nav>
      <section className={css.panel}>
        {shown.includes(chosen) ? (
          <Suspense fallback={<RowBones />}>
            <chosen.Panel />
          </Suspense>
        ) : (
          <EmptyState figure="fish" title={t('workspace.adminOnly')} />
        )}
      </section>
    </div>
  )
}
