/** The first minutes of a trial 新手引导: a sentence, three things to try, and how far one has come; nothing is forced. */
import { Popover, QRCode } from 'antd'
import { Check, FilePenLine, GitBranch, Smartphone, X } from 'lucide-react'
import { useState } from 'react'
import { create } from 'zustand'
import type { Session } from '@/api/session'
import { useT } from '@/i18n/i18n'
import { useGo } from '@/lib/route'
import { useIsPhone } from '@/lib/use-is-phone'
import { IconButton } from '@/ui/icon-button'
import css from './greeting.module.css'

const STEPS = ['approve', 'change', 'phone'] as const
type Step = (typeof STEPS)[number]
const ICONS = { approve: GitBranch, change: FilePenLine, phone: Smartphone }

interface Kept {
  done: Step[]
  gone: Step[]
}

const NOTHING: Kept = { done: [], gone: [] }
const nameOf = (workspace: string) => `qiaoban.greeting.${workspace}`

function remembered(workspace: string): Kept {
  try {
    return { ...NOTHING, ...(JSON.parse(localStorage.getItem(nameOf(workspace)) ?? '{}') as Partial<Kept>) }
  } catch {
    return NOTHING
  }
}

interface GreetingState {
  workspace: string
  kept: Kept
  keep: (workspace: string, kept: Kept) => void
}

const useGreeting = create<GreetingState>((set) => ({
  workspace: '',
  kept: NOTHING,
  keep: (workspace, kept) => {
    try {
      localStorage.setItem(nameOf(workspace), JSON.stringify(kept))
    } catch {
      // forgotten with the visit
    }
    set({ workspace, kept })
  },
}))

function useKept(workspace: string) {
  const state = useGreeting()
  const kept = state.workspace === workspace ? state.kept : remembered(workspace)
  const add = (where: keyof Kept, ...steps: Step[]) =>
    state.keep(workspace, { ...kept, [where]: [...new Set([...kept[where], ...steps])] })
  return { kept, add }
}

interface CardProps {
  step: Step
  done: boolean
  onGo: () => void
  onClose: () => void
}

function Card({ step, done, onGo, onClose }: CardProps) {
  const t = useT()
  const phone = useIsPhone()
  const Icon = done ? Check : ICONS[step]
  return (
    <div className={css.card} data-done={done}>
      <button type="button" className={css.go} onClick={onGo}>
        <span className={css.mark}>
          <Icon size={18} aria-hidden />
        </span>
        <span className={css.words}>
          <b>{t(`dashboard.try_${step}`)}</b>
          <span>{t(`dashboard.try_${step}_hint${step === 'phone' && phone ? '_here' : ''}`)}</span>
        </span>
      </button>
      <IconButton className={css.close} size="small" icon={X} iconSize={14} label={t('ui.close')} onClick={onClose} />
    </div>
  )
}

function OnPhone({ address }: { address: string }) {
  const t = useT()
  return (
    <div className={css.code}>
      <QRCode value={address} size={160} bordered={false} aria-label={address} />
      <span>{t('dashboard.try_phone_scan')}</span>
    </div>
  )
}

/** Only in a trial, and only until it is closed. */
export function Greeting({ app, session }: { app: string; session: Session | undefined }) {
  const t = useT()
  const go = useGo()
  const phone = useIsPhone()
  const [scanning, setScanning] = useState(false)
  const trial = session?.workspace?.trial_until ? session.workspace.id : ''
  const { kept, add } = useKept(trial)
  if (trial === '') return null
  // only who may design is asked to change a field
  const left = STEPS.filter((step) => !kept.gone.includes(step) && (step !== 'change' || session?.admin))
  const finished = kept.done.length
  if (left.length === 0) return null
  const follow = (step: Step) => {
    add('done', step)
    if (step === 'approve') go(`/app/${app}/tasks/todo`)
    if (step === 'change') go(`/app/${app}/design/form/customer`)
    if (step === 'phone' && phone) go(`/app/${app}/form/lead`, { record: 'new' })
    if (step === 'phone' && !phone) setScanning(true)
  }
  const address = new URL(`/app/${app}/form/lead`, window.location.origin).href
  return (
    <section className={`${css.greeting} no-print`} aria-label={t('dashboard.greeting')}>
      <p className={css.sentence}>
        <span>{t('dashboard.greeting')}</span>
        <span className={css.progress}>
          {t('dashboard.progress', { done: finished, all: STEPS.length })}
          <IconButton
            size="small"
            icon={X}
            iconSize={14}
            label={t('dashboard.closeAll')}
            onClick={() => add('gone', ...STEPS)}
          />
        </span>
      </p>
      <div className={css.cards}>
        {left.map((step) => {
          const card = (
            <Card
              key={step}
              step={step}
              done={kept.done.includes(step)}
              onGo={() => follow(step)}
              onClose={() => add('gone', step)}
            />
          )
          if (step !== 'phone' || phone) return card
          return (
            <Popover
              key={step}
              open={scanning}
              onOpenChange={(open) => !open && setScanning(false)}
              trigger="click"
              placement="bottom"
              content={<OnPhone address={address} />}
            >
              <div>{card}</div>
            </Popover>
          )
        })}
      </div>
    </section>
  )
}
