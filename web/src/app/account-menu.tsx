/** The menu behind the avatar 账号菜单. */
import { useNavigate } from '@tanstack/react-router'
import { Dropdown, type MenuProps } from 'antd'
import {
  Building2,
  CircleHelp,
  KeyRound,
  Languages,
  LogOut,
  Moon,
  Search,
  Settings,
  Sun,
  UserRoundCheck,
  Users,
} from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { api } from '@/api/client'
import { enter, homeOf, type Session, signOut } from '@/api/session'
import { PasswordDialog } from '@/features/workspace/password-dialog'
import { setLanguage, useLanguage, useT } from '@/i18n/i18n'
import { useGo } from '@/lib/route'
import { useIsPhone } from '@/lib/use-is-phone'
import { useMode } from '@/theme/mode'
import { Avatar } from '@/ui/avatar'
import { confirm } from '@/ui/confirm'
import { toast } from '@/ui/toast'
import menu from './menus.module.css'
import css from './shell.module.css'

const StandIns = lazy(() => import('@/nodes/running/stand-ins'))

/** Signs out; a trial that was not kept asks first, because nobody can come back to it. */
export function useSignOut(session: Session): () => Promise<void> {
  const t = useT()
  const navigate = useNavigate()
  return async () => {
    const question = { title: t('app.signOutTrial'), detail: t('app.signOutTrialDetail'), action: t('app.signOut') }
    if (session.workspace?.trial_until && !(await confirm(question))) return
    try {
      await signOut()
      navigate({ to: '/' })
    } catch (problem) {
      toast.error(problem)
    }
  }
}

interface AccountMenuProps {
  session: Session
  onSearch?: () => void
  onHelp: () => void
}

/** Settings, other workspaces, out; on a phone also what stands in the bar of a desktop. */
export function AccountMenu({ session, onSearch, onHelp }: AccountMenuProps) {
  const t = useT()
  const go = useGo()
  const out = useSignOut(session)
  const phone = useIsPhone()
  const spoken = useLanguage()
  const { mode, setMode } = useMode()
  const [changing, setChanging] = useState(false)
  const [standing, setStanding] = useState(false)
  const { member, workspaces, admin } = session
  if (!member) return null
  const switchTo = async (workspace: string) => {
    try {
      const next = await api.post('/api/session/workspace', { body: { workspace } })
      enter(next)
      go(homeOf(next))
    } catch (problem) {
      toast.error(problem)
    }
  }
  const other = spoken === 'en' ? 'zh-CN' : 'en'
  const switches = [
    ...(onSearch ? [{ key: 'search', icon: <Search size={16} />, label: t('app.search'), onClick: onSearch }] : []),
    { key: 'help', icon: <CircleHelp size={16} />, label: t('app.helpTitle'), onClick: onHelp },
    {
      key: 'language',
      icon: <Languages size={16} />,
      label: other === 'en' ? 'English' : '中文',
      onClick: () => setLanguage(other),
    },
    {
      key: 'mode',
      icon: mode === 'dark' ? <Sun size={16} /> : <Moon size={16} />,
      label: t(mode === 'dark' ? 'ui.light' : 'ui.dark'),
      onClick: () => setMode(mode === 'dark' ? 'light' : 'dark'),
    },
  ]
  const others = workspaces.map((each) => ({
    key: each.id,
    icon: <Building2 size={16} />,
    label: each.name,
    onClick: () => switchTo(each.id),
  }))
  const items: MenuProps['items'] = [
    {
      key: 'me',
      type: 'group',
      label: (
        <span className={menu.person}>
          <Avatar name={member.name} seed={member.id} size={32} />
          <span className={menu.personText}>
            <span>{member.name}</span>
            <span className={menu.personNote}>{member.title || member.department}</span>
          </span>
        </span>
      ),
    },
    { type: 'divider' },
    ...(admin
      ? [{ key: 'members', icon: <Users size={16} />, label: t('app.members'), onClick: () => go('/settings/members') }]
      : []),
    { key: 'settings', icon: <Settings size={16} />, label: t('app.settings'), onClick: () => go('/settings/tokens') },
    {
      key: 'standins',
      icon: <UserRoundCheck size={16} />,
      label: t('running.standIns'),
      onClick: () => setStanding(true),
    },
    ...(session.workspace?.trial_until
      ? []
      : [
          {
            key: 'password',
            icon: <KeyRound size={16} />,
            label: t('workspace.changePassword'),
            onClick: () => setChanging(true),
          },
        ]),
    ...(phone ? switches : []),
    ...(workspaces.length > 0
      ? [{ key: 'workspaces', type: 'group' as const, label: t('app.workspaces'), children: others }]
      : []),
    { type: 'divider' },
    { key: 'out', icon: <LogOut size={16} />, label: t('app.signOut'), onClick: out },
  ]
  return (
    <>
      <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
        <button type="button" className={css.account} aria-label={`${t('app.account')} ${member.name}`}>
          <Avatar name={member.name} seed={member.id} size={28} />
        </button>
      </Dropdown>
      {standing ? (
        <Suspense fallback={null}>
          <StandIns me={member.id} onClose={() => setStanding(false)} />
        </Suspense>
      ) : null}
      <PasswordDialog open={changing} onClose={() => setChanging(false)} />
    </>
  )
}
