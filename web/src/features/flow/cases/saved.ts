/** Saved cases as a part of the draft 用例存放. */
import type { components } from '@/api/schema'
import type { Values } from '@/fields/field'
import { type AppDraft, savePart } from '@/ui/design/draft'
import type { Move, Plan, Walk } from '../simulate/use-walk'

export interface Case {
  id: string
  name: string
  initiator?: Partial<components['schemas']['PlayerIn']>
  values?: Values
  moves?: Partial<Move>[]
  expect?: { status?: string; at?: string[]; route?: string[] }
  blocking?: boolean
}

const partOf = (workflow: string) => `checks/${workflow}`

/** The workflow's cases as the draft has them. */
export function casesOf(draft: AppDraft, workflow: string): Case[] {
  const part = draft.parts[partOf(workflow)] as { cases?: Case[] } | undefined
  return part?.cases ?? []
}

/** Keeps them; none takes the part away. */
export async function keepCases(draft: AppDraft, workflow: string, cases: Case[]): Promise<void> {
  const part = partOf(workflow)
  await savePart(draft.app, part, cases.length > 0 ? { id: workflow, cases } : null, draft.hashes[part] ?? '')
}

/** Without what is blank, as files spell it. */
function lean<T extends object>(whole: T): Partial<T> {
  const blank = (value: unknown): boolean =>
    value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
  const inner = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? lean(value) : value
  const entries = Object.entries(whole).map(([key, value]) => [key, key === 'values' ? value : inner(value)] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== null && !blank(value))) as Partial<T>
}

/** The walk as a case: who it was by role where that says the same. */
export function caseOf(id: string, name: string, blocking: boolean, plan: Plan, walk: Walk): Case {
  const asked = Object.fromEntries(walk.fields.map((field) => [field, walk.values[field] ?? null]))
  const values = (plan.record ? asked : plan.values) as Values
  const initiator = plan.initiator.role || plan.initiator.member ? plan.initiator : { member: walk.initiator, role: '' }
  const whole = { id, name, initiator, values, moves: plan.moves.map(lean), expect: walk.expect as Case['expect'] }
  return { ...(lean(whole) as Case), ...(blocking ? {} : { blocking: false }) }
}

/** A case as a plan that can be walked. */
export function planOf(workflow: string, kept: Case): Plan {
  const nobody = { member: '', role: '' }
  const blank = { at: '', by: nobody, to: '', position: '', comment: '', values: {} }
  return {
    of: workflow,
    number: 0,
    initiator: { ...nobody, ...kept.initiator },
    record: '',
    values: kept.values ?? {},
    moves: (kept.moves ?? []).map((move) => ({ ...blank, ...move, by: { ...nobody, ...move.by } }) as Move),
    at: -1,
  }
}

/** An id that no other case has. */
export function freeId(cases: Case[]): string {
  for (let number = cases.length + 1; ; number += 1) {
    if (!cases.some(({ id }) => id === `case_${number}`)) return `case_${number}`
  }
}
