/** The frame around pages of the workspace, without an app's menu 工作区框架. */
import { useState } from 'react'
import type { Session } from '@/api/session'
import { useShortcuts } from '@/lib/use-shortcut'
import { Help } from './help/help'
import { Page } from './page'
import css from './shell.module.css'
import { SignedIn } from './signed-in'
import { Surroundings } from './surroundings'
import { TopBar } from './top-bar'
import { useNews } from './use-news'

function Frame({ session }: { session: Session }) {
  const [helping, setHelping] = useState(false)
  useNews(session.member?.id ?? '')
  useShortcuts({ '?': () => setHelping(true) })
  return (
    <div className={css.frame}>
      <TopBar session={session} onHelp={() => setHelping(true)} />
      <main id="main" className={css.main}>
        <Page />
      </main>
      <Help open={helping} onClose={() => setHelping(false)} />
    </div>
  )
}

/** The top bar and the page; tasks of every app name people and records there. */
export default function WorkspaceShell() {
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
