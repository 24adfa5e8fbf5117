/** Around a form that has a page of its own 填写页框: its name, a sheet of paper, two switches. */
import { type ReactNode, useEffect } from 'react'
import { LanguageSwitch, ModeSwitch } from '../switches'
import css from './filling.module.css'

interface FrameProps {
  title?: string
  about?: string
  /** At the left of the head, e.g. a way back. */
  head?: ReactNode
  foot?: ReactNode
  children: ReactNode
}

/** The sheet in the middle of the page; the whole width on a phone. */
export function FillFrame({ title, about, head, foot, children }: FrameProps) {
  useEffect(() => {
    if (title) document.title = title
  }, [title])
  return (
    <div className={css.outside}>
      <header className={css.top}>
        <span className={css.head}>{head}</span>
        <LanguageSwitch />
        <ModeSwitch />
      </header>
      <main className={css.sheet}>
        {title ? <h1>{title}</h1> : null}
        {about ? <p className={css.about}>{about}</p> : null}
        {children}
      </main>
      <footer className={css.by}>{foot}</footer>
    </div>
  )
}
