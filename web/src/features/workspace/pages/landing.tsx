/** The first page 首页: one line, one button, no sign-up. */
import { Link } from '@tanstack/react-router'
import { Circle, CircleCheck, FolderDown, LayoutList, Waypoints } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { api } from '@/api/client'
import { enter, homeOf, useSession } from '@/api/session'
import { language, useT } from '@/i18n/i18n'
import { useGo, useSendFor } from '@/lib/route'
import { PlainButton } from '@/ui/plain-button'
import { LanguageSwitch, ModeSwitch } from '@/ui/switches'
import { toast } from '@/ui/toast'
import { Wordmark } from '../door'
import { Picture } from '../picture'
import css from '../workspace.module.css'

/** What is being made while the visitor waits; the ticks follow one another, the last waits for the server. */
function Preparing() {
  const t = useT()
  const [done, setDone] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setDone((before) => Math.min(2, before + 1)), 350)
    return () => clearInterval(timer)
  }, [])
  return (
    <div className={css.preparing} role="status">
      <strong>{t('workspace.preparing')}</strong>
      <ul className={css.ticks}>
        {['step1', 'step2', 'step3'].map((step, at) => (
          <li key={step} className={`${css.tick} ${at < done ? css.tickDone : ''}`}>
            {at < done ? (
              <CircleCheck size={18} color="var(--success)" aria-hidden />
            ) : (
              <Circle size={18} aria-hidden />
            )}
            {t(`workspace.${step}`)}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** What comes after the button: its parts are sent for while the workspace is made. */
const FIRST_PAGE = '/app/crm/dashboard/sales'

function Go() {
  const t = useT()
  const go = useGo()
  const { data: session } = useSession()
  const sendFor = useSendFor()
  const [busy, setBusy] = useState(false)
  const soon = () => sendFor(FIRST_PAGE)
  const tryNow = async () => {
    setBusy(true)
    soon()
    try {
      const made = await api.post('/api/trial', { body: { language: language(), template: 'crm' } })
      enter(made)
      go(homeOf(made))
    } catch (problem) {
      toast.error(problem)
      setBusy(false)
    }
  }
  if (busy) return <Preparing />
  const inside = session?.member != null
  return (
    <div className={css.go}>
      <PlainButton
        look="main"
        className={css.tryIt}
        data-testid="try"
        onPointerEnter={soon}
        onFocus={soon}
        onClick={() => (inside ? go(homeOf(session)) : tryNow())}
      >
        {t(inside ? 'workspace.openNow' : 'workspace.tryNow')}
      </PlainButton>
      {inside ? null : <p className={css.goNote}>{t('workspace.noSignUp')}</p>}
    </div>
  )
}

function Point({ icon, name, text }: { icon: ReactNode; name: string; text: string }) {
  return (
    <div className={css.point}>
      <h2>
        {icon}
        {name}
      </h2>
      <p>{text}</p>
    </div>
  )
}

/** Says what it is, and lets one in. */
export default function Landing() {
  const t = useT()
  const { data: session } = useSession()
  return (
    <div className={css.landing}>
      <header className={css.landingTop}>
        <Wordmark />
        <span className={css.gap} />
        <LanguageSwitch />
        <ModeSwitch />
        {session?.member ? null : (
          <Link to="/signin" style={{ padding: '0 12px' }}>
            {t('workspace.signIn')}
          </Link>
        )}
      </header>
      <main className={css.landingMain}>
        <div className={css.hero}>
          <div>
            <h1 className={css.headline}>{t('workspace.headline')}</h1>
            <p className={css.lead}>{t('workspace.lead')}</p>
            <Go />
          </div>
          <Picture />
        </div>
        <section className={css.points}>
          <Point
            icon={<LayoutList size={18} color="var(--hue-blue)" />}
            name={t('workspace.point1')}
            text={t('workspace.point1Text')}
          />
          <Point
            icon={<Waypoints size={18} color="var(--hue-purple)" />}
            name={t('workspace.point2')}
            text={t('workspace.point2Text')}
          />
          <Point
            icon={<FolderDown size={18} color="var(--hue-green)" />}
            name={t('workspace.point3')}
            text={t('workspace.point3Text')}
          />
        </section>
      </main>
      <footer className={css.foot}>{t('workspace.openSource')}</footer>
    </div>
  )
}
