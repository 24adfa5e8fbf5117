/** Simulation 流程模拟: begin, act as anybody who is asked, look back and forth; nothing is stored. */
import { Button } from 'antd'
import {
  BookmarkPlus,
  ChevronLeft,
  ChevronRight,
  ChevronsLeft,
  ChevronsRight,
  FastForward,
  RotateCcw,
  TimerReset,
} from 'lucide-react'
import { useState } from 'react'
import { useT } from '@/i18n/i18n'
import { formatTime } from '@/lib/format'
import type { AppDraft } from '@/ui/design/draft'
import { ErrorState } from '@/ui/error-state'
import { IconButton } from '@/ui/icon-button'
import { FormBones } from '@/ui/skeletons'
import { useNames } from '../proofs/names'
import css from '../proofs/proofs.module.css'
import { KeepCase } from './keep-case'
import { useLit, useWalk } from './use-walk'
import { WalkOffer } from './walk-offer'
import { WalkStart } from './walk-start'
import { StatusTag, WalkSteps } from './walk-steps'

type Walking = ReturnType<typeof useWalk>

/** Back and forth. */
function Steering({ at, frames, look, go }: Walking) {
  const t = useT()
  const last = frames.length - 1
  return (
    <div className={css.steering}>
      <IconButton
        icon={ChevronsLeft}
        size="small"
        label={t('proofs.first')}
        disabled={at <= 0}
        onClick={() => look(0)}
      />
      <IconButton
        icon={ChevronLeft}
        size="small"
        label={t('proofs.back')}
        disabled={at <= 0}
        onClick={() => look(at - 1)}
      />
      <span className="tabular">{t('proofs.stepOf', { at: at + 1, all: last + 1 })}</span>
      <IconButton
        icon={ChevronRight}
        size="small"
        label={t('proofs.forward')}
        disabled={at >= last}
        onClick={() => look(at + 1)}
      />
      <IconButton
        icon={ChevronsRight}
        size="small"
        label={t('proofs.last')}
        disabled={at >= last}
        onClick={() => look(-1)}
      />
      <IconButton
        icon={RotateCcw}
        size="small"
        label={t('proofs.restart')}
        disabled={last < 1}
        onClick={() => go([])}
      />
    </div>
  )
}

/** What could be done from the frame that is looked at. */
function Next({ offers, deadlines, awaits, frame, at, frames, act }: Walking) {
  const t = useT()
  const names = useNames()
  if (frame?.status !== 'running') return null
  const whole = (deed: string) =>
    act({ act: deed, at: '', by: { member: '', role: '' }, to: '', position: '', comment: '', values: {} })
  const due = deadlines[0]
  return (
    <section className={css.section}>
      <h3>{t('proofs.next')}</h3>
      {at < frames.length - 1 ? <p className={css.quiet}>{t('proofs.fromHere')}</p> : null}
      {offers.map((offer) => (
        <WalkOffer
          key={`${offer.node}/${offer.person}/${at}`}
          offer={offer}
          shared={offers.filter(({ node }) => node === offer.node).length > 1}
          act={act}
        />
      ))}
      <div className={css.deeds}>
        {due === undefined ? null : (
          <Button
            size="small"
            icon={<TimerReset size={14} aria-hidden />}
            title={t('proofs.deadlineAt', { node: names.node(due.node), time: formatTime(due.at) })}
            onClick={() => whole('wait')}
          >
            {t('proofs.untilDeadline')}
          </Button>
        )}
        {due === undefined && (awaits ?? []).length > 0 ? (
          <Button size="small" icon={<FastForward size={14} aria-hidden />} onClick={() => whole('wait')}>
            {t(awaits?.[0] === 'call' ? 'proofs.untilAnswer' : 'proofs.untilChildren')}
          </Button>
        ) : null}
        <Button size="small" type="text" onClick={() => whole('withdraw')}>
          {t('proofs.withdraw')}
        </Button>
        <Button size="small" type="text" onClick={() => whole('end')}>
          {t('proofs.end')}
        </Button>
      </div>
    </section>
  )
}

/** The whole panel. */
export function SimulatePanel({ draft }: { draft: AppDraft }) {
  const t = useT()
  const names = useNames()
  const walking = useWalk()
  const [keeping, setKeeping] = useState(false)
  const { plan, walk, frames, frame, error, begin, look, drop, at } = walking
  useLit(frame, names)
  return (
    <div className={css.body} aria-busy={walking.busy}>
      <p className={css.quiet}>{t('proofs.nothingStored')}</p>
      <WalkStart plan={plan} walk={walk} number={draft.number} begin={begin} />
      {error === null ? null : <ErrorState error={error} small />}
      {walk === undefined && error === null ? <FormBones /> : null}
      {error !== null || walk === undefined ? null : (
        <>
          <section className={css.section}>
            <div className={css.sectionHead}>
              <h3>{t('proofs.steps')}</h3>
              {frame === undefined ? null : <StatusTag status={frame.status} />}
              <Steering {...walking} />
            </div>
            <WalkSteps frames={frames} at={at} look={look} drop={drop} />
          </section>
          <Next {...walking} />
          <Button
            block
            icon={<BookmarkPlus size={15} aria-hidden />}
            disabled={frames.some(({ problem }) => problem != null)}
            onClick={() => setKeeping(true)}
          >
            {t('proofs.keep')}
          </Button>
          <KeepCase open={keeping} draft={draft} plan={plan} walk={walk} onClose={() => setKeeping(false)} />
        </>
      )}
    </div>
  )
}
