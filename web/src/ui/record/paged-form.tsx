/** A form on a page of its own 填写页: at once or step by step, with how far one is and the buttons at the foot. */
import { Button } from 'antd'
import { ArrowLeft, ArrowRight } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { ApiProblem } from '@/api/problem'
import type { Values } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { useIsPhone } from '@/lib/use-is-phone'
import { Cover } from './cover'
import css from './filling.module.css'
import { placeIn, type Step, stepsOf, stepWith } from './paging'
import record from './record.module.css'
import { Fingers, isFresh, ProblemList, RecordForm, Slots, scrollToProblem } from './record-form'
import { Selecting } from './selecting'
import type { FieldProblem, RecordFormState } from './use-record-form'

interface PagedProps {
  state: RecordFormState
  /** The buttons that send it. */
  send: ReactNode
  /** What Enter does at the last step. */
  onEnd: () => void
  /** Asks the server whether these fields, filled in so far, may be sent; rejects with what is wrong. */
  judge?: (values: Values, seen: string[]) => Promise<unknown>
  /** Where somebody was when he left. */
  step?: string
  onStep?: (id: string) => void
}

/** Where one is among the steps, and the ways from there. */
function useSteps({ state, step, onStep, judge }: PagedProps) {
  const [judging, setJudging] = useState(false)
  const steps = stepsOf(state.shape.definition, state.shown.hidden)
  const [at, setAt] = useState({ id: step, place: 0 })
  const [furthest, setFurthest] = useState(0)
  const place = placeIn(steps, at.id, at.place)
  const go = (to: number) => {
    const next = steps[to]
    if (!next) return
    setAt({ id: next.id, place: to })
    setFurthest((before) => Math.max(before, to))
    onStep?.(next.id)
  }
  const current = steps[place]
  const last = place >= steps.length - 1
  const next = async () => {
    if (judging || !current || !state.isComplete(current.fields)) return
    setJudging(true)
    const fits = await accepted(state, steps.slice(0, place + 1), judge)
    setJudging(false)
    if (fits) go(place + 1)
  }
  const { problems } = state
  const told = useRef(problems)
  useEffect(() => {
    const fresh = isFresh(problems, told.current)
    told.current = problems
    if (!fresh) return
    const ids = new Set(problems.map(({ path }) => String(path[0])))
    const wrong = stepWith(steps, ids)
    if (wrong >= 0 && wrong !== place && stepWith(current ? [current] : [], ids) < 0) go(wrong)
  })
  const ways = { next, back: () => go(place - 1), go }
  return { steps, place, current, last, judging, ...ways, furthest: Math.max(furthest, place) }
}

/** Whether the server finds nothing wrong so far; it is asked again when all is sent, so who cannot reach it goes on. */
async function accepted(state: RecordFormState, steps: Step[], judge: PagedProps['judge']): Promise<boolean> {
  if (judge === undefined) return true
  const seen = steps.flatMap(({ fields }) => fields.map(({ id }) => id))
  const given = Object.entries(state.all()).filter(([id]) => seen.includes(id))
  try {
    await judge(Object.fromEntries(given), seen)
    return true
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 422) return true
    state.refuse(error)
    return false
  }
}

type Way = ReturnType<typeof useSteps>

/** A bar; where there is room and the names are short, the steps too. */
function Progress({ steps, place, furthest, go }: Pick<Way, 'steps' | 'place' | 'furthest' | 'go'>) {
  const t = useT()
  const named = steps.length <= 7 && steps.every(({ label }) => label.length <= 24)
  return (
    <div className={css.progress} data-named={named}>
      <div
        role="progressbar"
        aria-label={t('record.progress')}
        aria-valuemin={1}
        aria-valuemax={steps.length}
        aria-valuenow={place + 1}
        className={css.bar}
      >
        <span style={{ width: `${((place + 1) / steps.length) * 100}%` }} />
      </div>
      {named ? (
        <ol className={css.steps}>
          {steps.map((step, at) => (
            <li key={step.id} aria-current={at === place ? 'step' : undefined} data-done={at < place}>
              <button type="button" disabled={at > furthest || at === place} onClick={() => go(at)}>
                <span className={css.number}>{at + 1}</span>
                {step.label || t('record.firstStep')}
              </button>
            </li>
          ))}
        </ol>
      ) : null}
      <span className={css.count}>{t('record.stepOf', { at: place + 1, count: steps.length })}</span>
    </div>
  )
}

/** The first thing to type into; on a phone the words, so that no keyboard covers them. */
function focusFirst(root: HTMLElement | null, phone: boolean): void {
  const typed = phone ? null : root?.querySelector<HTMLElement>('input:not([type="file"]), textarea, [role="combobox"]')
  const target = typed ?? root?.querySelector<HTMLElement>('[data-step-title]')
  target?.focus({ preventScroll: true })
  root?.scrollIntoView({ block: 'start' })
}

const TYPED = 'input:not([type="checkbox"]):not([type="radio"]):not([type="file"]):not([type="range"])'

function Stepped(props: PagedProps) {
  const { state, send, onEnd } = props
  const t = useT()
  const phone = useIsPhone()
  const root = useRef<HTMLDivElement>(null)
  const drawn = useRef<string>(undefined)
  const told = useRef<FieldProblem[]>([])
  const { steps, place, current, last, judging, next, back, go, furthest } = useSteps(props)
  const id = current?.id
  const { problems } = state
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the step or what is wrong changes, not at each key
  useEffect(() => {
    const moved = drawn.current !== undefined && drawn.current !== id
    drawn.current = id
    const fresh = isFresh(problems, told.current)
    told.current = problems
    const here = new Set(current?.fields.map((field) => field.id))
    const wrong = problems.filter(({ path }) => here.has(String(path[0])))
    if (moved) focusFirst(root.current, phone)
    if (wrong.length > 0 && (moved || fresh)) requestAnimationFrame(() => scrollToProblem(root.current, wrong))
  }, [id, phone, problems])
  const hear = (event: KeyboardEvent) => {
    const { isComposing } = event.nativeEvent
    const field = (event.target as HTMLElement).matches?.(TYPED)
    if (event.key !== 'Enter' || isComposing || event.ctrlKey || event.metaKey || !field) return
    event.preventDefault()
    if (last) onEnd()
    else void next()
  }
  const asked = state.shape.definition.skin?.paging === 'questions'
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter in a box goes on; the button does the same
    <div
      ref={root}
      className={css.paged}
      onKeyDown={hear}
      data-record-form
      data-density={state.shape.definition.skin?.density}
    >
      <Cover skin={state.shape.definition.skin} />
      <Progress {...{ steps, place, furthest, go }} />
      <Heading step={current} shown={!asked} />
      {place === 0 ? <Selecting state={state} /> : null}
      {state.problems.some(({ path }) => path.length === 0) ? <ProblemList problems={state.problems} /> : null}
      <div className={record.form}>
        <div className={asked ? css.question : record.grid} data-question={asked}>
          {current ? <Slots state={state} fields={current.fields} /> : null}
        </div>
      </div>
      <div className={css.foot}>
        {place > 0 ? (
          <Button size="large" icon={<ArrowLeft size={16} aria-hidden />} onClick={back}>
            {t('record.previousStep')}
          </Button>
        ) : null}
        {last ? (
          send
        ) : (
          <Button type="primary" size="large" loading={judging} onClick={() => void next()}>
            {t('record.nextStep')} <ArrowRight size={16} aria-hidden className={css.arrow} />
          </Button>
        )}
      </div>
    </div>
  )
}

function Heading({ step, shown }: { step?: Step; shown: boolean }) {
  return (
    <h2 className={shown && step?.label ? css.title : 'visually-hidden'} tabIndex={-1} data-step-title>
      {step?.label}
    </h2>
  )
}

/** As the form's skin wants it. */
export function PagedForm(props: PagedProps) {
  const { state, send } = props
  const paging = state.shape.definition.skin?.paging ?? 'page'
  if (paging === 'page' || stepsOf(state.shape.definition, state.shown.hidden).length < 2)
    return (
      <>
        <RecordForm state={state} />
        <div className={css.foot}>{send}</div>
      </>
    )
  return (
    <Fingers>
      <Stepped {...props} />
    </Fingers>
  )
}
