/** The bar over every page of a signed-in person 顶栏. */
import { Button } from 'antd'
import { CircleHelp, Menu as MenuIcon, PanelLeft, Search } from 'lucide-react'
import { useState } from 'react'
import { daysLeft, homeOf, type Session } from '@/api/session'
import { KeepDialog } from '@/features/workspace/keep-dialog'
import { useT } from '@/i18n/i18n'
import { useGo } from '@/lib/route'
import { useIsPhone } from '@/lib/use-is-phone'
import { IconButton } from '@/ui/icon-button'
import { Keys } from '@/ui/keys'
import { LanguageSwitch, ModeSwitch } from '@/ui/switches'
import { Tangram } from '@/ui/tangram'
import { AccountMenu } from './account-menu'
import { Bell } from './bell'
import { PersonaMenu } from './persona-menu'
import css from './shell.module.css'

interface TopBarProps {
  session: Session
  onMenu?: () => void
  onSearch?: () => void
  onHelp: () => void
}

/** How long the trial lasts, and how to keep it. */
export function TrialNote({ session }: { session: Session }) {
  const t = useT()
  const [keeping, setKeeping] = useState(false)
  const until = session.workspace?.trial_until
  if (!until) return null
  const days = daysLeft(until)
  return (
    <>
      <span>{days > 0 ? t('app.trial', { days }) : t('app.trialOver')}</span>
      <Button type="link" size="small" style={{ fontSize: 12 }} onClick={() => setKeeping(true)} data-testid="keep">
        {t('app.keep')}
      </Button>
      <KeepDialog open={keeping} workspace={session.workspace?.name ?? ''} onClose={() => setKeeping(false)} />
    </>
  )
}

function Brand({ session }: { session: Session }) {
  const go = useGo()
  return (
    <button type="button" className={css.brand} onClick={() => go(homeOf(session))}>
      <Tangram size={24} />
      <span className={css.brandName}>{session.workspace?.name ?? '巧板 Qiaoban'}</span>
    </button>
  )
}

function Desk({ session, onMenu, onSearch, onHelp }: TopBarProps) {
  const t = useT()
  return (
    <>
      {onMenu ? <IconButton icon={PanelLeft} label={t('app.keyMenu')} onClick={onMenu} /> : null}
      <Brand session={session} />
      {session.workspace?.trial_until ? (
        <span className={css.trial}>
          <TrialNote session={session} />
        </span>
      ) : null}
      <span className={css.gap} />
      {onSearch ? (
        <button type="button" className={css.finder} onClick={onSearch}>
          <Search size={15} aria-hidden />
          <span>{t('app.search')}</span>
          <Keys chord="mod+k" />
        </button>
      ) : null}
      <PersonaMenu session={session} />
      <Bell />
      <LanguageSwitch />
      <ModeSwitch />
      <IconButton icon={CircleHelp} label={t('app.help')} onClick={onHelp} />
      <AccountMenu session={session} onSearch={onSearch} onHelp={onHelp} />
    </>
  )
}

function Hand({ session, onMenu, onSearch, onHelp }: TopBarProps) {
  const t = useT()
  return (
    <>
      {onMenu ? <IconButton icon={MenuIcon} iconSize={20} label={t('app.menu')} onClick={onMenu} /> : null}
      <Brand session={session} />
      <span className={css.gap} />
      <PersonaMenu session={session} compact />
      <Bell />
      <AccountMenu session={session} onSearch={onSearch} onHelp={onHelp} />
    </>
  )
}

/** Wide on a desk, short in the hand. */
export function TopBar(props: TopBarProps) {
  const phone = useIsPhone()
  return <header className={`${css.top} no-print`}>{phone ? <Hand {...props} /> : <Desk {...props} />}</header>
}
