/** The frame around an app's pages 应用框架. */
import { useLocation } from '@tanstack/react-router'
import { Drawer } from 'antd'
import { useState } from 'react'
import type { Session } from '@/api/session'
import { useT } from '@/i18n/i18n'
import { usePath } from '@/lib/route'
import { useIsPhone } from '@/lib/use-is-phone'
import { useShortcuts } from '@/lib/use-shortcut'
import { AppSwitch } from './app-switch'
import { Help } from './help/help'
import { Page } from './page'
import { Palette } from './palette'
import css from './shell.module.css'
import { MenuTree, SideBar } from './side-bar'
import { SignedIn } from './signed-in'
import { Surroundings } from './surroundings'
import { TabBar } from './tab-bar'
import { TopBar, TrialNote } from './top-bar'
import { homeOf, useMenu } from './use-menu'
import { useNews } from './use-news'

function Frame({ session }: { session: Session }) {
  const t = useT()
  const { app } = usePath()
  const phone = useIsPhone()
  const { pathname } = useLocation()
  const [folded, setFolded] = useState(false)
  const [drawerAt, setDrawerAt] = useState('')
  const [searching, setSearching] = useState(false)
  const [helping, setHelping] = useState(false)
  const { data: menu } = useMenu(app)
  useNews(session.member?.id ?? '')
  useShortcuts({
    'mod+k': () => setSearching(true),
    '?': () => setHelping(true),
    '[': () => setFolded(!folded),
  })
  const designing = pathname.includes('/design/')
  const showMenu = phone ? () => setDrawerAt(pathname) : () => setFolded(!folded)
  return (
    <div className={css.frame}>
      <a className={css.skip} href="#main">
        {t('app.skip')}
      </a>
      <TopBar
        session={session}
        onMenu={designing && !phone ? undefined : showMenu}
        onSearch={() => setSearching(true)}
        onHelp={() => setHelping(true)}
      />
      {phone && session.workspace?.trial_until ? (
        <div className={css.strip}>
          <TrialNote session={session} />
        </div>
      ) : null}
      <div className={css.middle} style={{ gridRow: phone ? 3 : 2 }}>
        {phone || designing ? null : <SideBar app={app} folded={folded} head={<AppSwitch app={app} />} />}
        <main id="main" className={css.main} tabIndex={-1}>
          <Page />
        </main>
      </div>
      {phone ? <TabBar app={app} home={menu ? homeOf(app, menu) : ''} onMenu={() => setDrawerAt(pathname)} /> : null}
      <Drawer
        open={phone && drawerAt === pathname}
        onClose={() => setDrawerAt('')}
        placement="left"
        size={280}
        title={<AppSwitch app={app} />}
        styles={{ body: { padding: 8 } }}
      >
        <MenuTree app={app} />
      </Drawer>
      <Palette app={app} open={searching} onClose={() => setSearching(false)} />
      <Help open={helping} onClose={() => setHelping(false)} />
    </div>
  )
}

/** The page of an app inside its frame. */
export default function Shell() {
  return (
    <SignedIn>
      {(session) => (
        <Surroundings>
          <Frame session={session} />
        </Surroundings>
      )}
    </SignedIn>
  )
}
