/** The frame around pages of the workspace, without an app's menu 工作区框架. */
import { useState } from 'react'
import { useShortcuts } from '@/lib/use-shortcut'
import { Help } from './help/help'
import { Page } from './page'
import css from './shell.module.css'
import { SignedIn } from './signed-in'
import { TopBar } from './top-bar'

/** The top bar and the page. */
export default function WorkspaceShell() {
  const [helping, setHelping] = useState(false)
  useShortcuts({ '?': () => setHelping(true) })
  return (
    <SignedIn>
      {(session) => (
        <div className={css.frame}>
          <TopBar session={session} onHelp={() => setHelping(true)} />
          <main id="main" className={css.main}>
            <Page />
          </main>
          <Help open={helping} onClose={() => setHelping(false)} />
        </div>
      )}
    </SignedIn>
  )
}
