/** A simulated walk 模拟走法: what was planned, asked of the server anew after every move; nothing is kept there. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { create } from 'zustand'
import { api } from '@/api/client'
import type { components } from '@/api/schema'
import type { Values } from '@/fields/field'
import { clearOverlay, showBadges, showTrail } from '../overlay'
import type { Names } from '../proofs/names'
import { useFlow } from '../use-flow'

export type Walk = components['schemas']['WalkOut']
export type Frame = components['schemas']['FrameOut']
export type Offer = components['schemas']['OfferOut']
export type Move = components['schemas']['MoveIn']
export type Persona = components['schemas']['PlayerIn']

export interface Plan {
  /** Of which workflow. */
  of: string
  /** The version; 0 is the draft. */
  number: number
  initiator: Persona
  record: string
  values: Values
  moves: Move[]
  /** Which frame is looked at; -1 is the last. */
  at: number
}

const FRESH: Omit<Plan, 'of'> = {
  number: 0,
  initiator: { member: '', role: '' },
  record: '',
  values: {},
  moves: [],
  at: -1,
}

const usePlans = create<{ plan: Plan }>(() => ({ plan: { of: '', ...FRESH } }))

/** Puts a plan on the table, e.g. a saved case. */
export function setPlan(plan: Plan): void {
  usePlans.setState({ plan })
}

/** The plan of this workflow, and how to change it; a change of the beginning forgets the moves. */
export function usePlan(of: string) {
  const kept = usePlans((state) => state.plan)
  const plan = kept.of === of ? kept : { of, ...FRESH }
  return {
    plan,
    begin: (patch: Partial<Plan>) => setPlan({ ...plan, moves: [], at: -1, ...patch }),
    go: (moves: Move[]) => setPlan({ ...plan, moves, at: -1 }),
    look: (at: number) => setPlan({ ...plan, at }),
  }
}

function useAsked(app: string, plan: Plan, moves: Move[], revision: number) {
  const { number, initiator, record, values } = plan
  const body = { number, initiator, record, values, moves }
  return useQuery({
    queryKey: ['simulate', app, plan.of, number === 0 ? revision : 0, body],
    queryFn: ({ signal }) =>
      api.post('/api/apps/{app}/workflows/{workflow}/simulate', {
        params: { path: { app, workflow: plan.of } },
        body,
        signal,
      } as never) as Promise<Walk>,
    placeholderData: keepPreviousData,
    retry: false,
  })
}

/** The walk as planned, the frame that is looked at, and what could be done from there. */
export function useWalk() {
  const { app, workflow, editor } = useFlow()
  const { plan, ...change } = usePlan(workflow.id)
  const revision = editor.use((edited) => edited.revision)
  const { flush } = editor
  useEffect(() => void flush(), [flush])
  const whole = useAsked(app, plan, plan.moves, revision)
  const frames = whole.data?.frames ?? []
  const last = frames.length - 1
  const at = plan.at < 0 || plan.at > last ? last : plan.at
  const refused = frames[at]?.problem != null
  const kept = plan.moves.slice(0, refused ? Math.max(0, at - 1) : Math.max(0, at))
  const here = useAsked(app, plan, at === last ? plan.moves : kept, revision)
  return {
    plan,
    ...change,
    walk: whole.data,
    error: whole.error,
    busy: whole.isFetching || here.isFetching,
    frames,
    at,
    frame: frames[at],
    refused,
    offers: here.data?.offers ?? [],
    deadlines: here.data?.deadlines ?? [],
    awaits: here.data?.awaits ?? [],
    act: (move: Move) => change.go([...kept, move]),
    drop: () => change.go(kept),
  }
}

/** Draws where the walk has come by and who is asked, until the panel is closed. */
export function useLit(frame: Frame | undefined, names: Names): void {
  const { select } = useFlow()
  const people = frame === undefined ? '' : JSON.stringify([frame.visited, frame.open, frame.active])
  // biome-ignore lint/correctness/useExhaustiveDependencies: names are made anew with every draw; the frame decides
  useEffect(() => {
    if (frame === undefined) return
    showTrail({ nodes: frame.visited, tone: 'accent' })
    const asked = frame.active.map((id) => [
      id,
      { text: names.people(frame.open[id] ?? []) || '●', hue: 'teal' as const },
    ])
    showBadges(Object.fromEntries(asked))
    // the canvas comes to what is chosen, which matters where it is small
    select(frame.active[0] ?? frame.visited.at(-1) ?? '')
  }, [people])
  useEffect(() => clearOverlay, [])
}
