/** The page around sign-in, sign-up and invitations 入口页. */
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { LanguageSwitch, ModeSwitch } from '@/ui/switches'
import { Tangram } from '@/ui/tangram'
import css from './workspace.module.css'

/** The mark and the name of the product, leading home. */
export function Wordmark() {
  return (
    <Link to="/" className={css.wordmark} style={{ color: 'var(--text)' }}>
      <Tangram size={26} />
      巧板 Qiaoban
    </Link>
  )
}

/** A card in the middle, switches at the top. */
export function DoorPage({ title, children, foot }: { title: ReactNode; children: ReactNode; foot?: ReactNode }) {
  return (
    <div className={css.door}>
      <header className={css.landingTop}>
        <Wordmark />
        <span className={css.gap} />
        <LanguageSwitch />
        <ModeSwitch />
      </header>
      <main className={css.doorBody}>
        <div className={css.card}>
          <h1>{title}</h1>
          {children}
          {foot ? <div className={css.cardFoot}>{foot}</div> : null}
        </div>
      </main>
    </div>
  )
}
