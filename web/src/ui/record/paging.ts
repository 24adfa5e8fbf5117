/** A long form in pieces 分步填写: a section at a time, or one question at a time; what is hidden is passed over. */
import type { Field } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import { type FormDefinition, isComputed, type Paging, partsOf } from './shape'

export interface Step {
  id: string
  label: string
  fields: Field[]
}

const given = (field: Field) => typeNamed(field.type)?.given === true
const asks = (field: Field) => typeNamed(field.type)?.valued !== false && !isComputed(field)

/** One question each; what is computed stands with the question after it, or with the last; numbers that come later nowhere. */
function questions(fields: Field[]): Step[] {
  const steps: Step[] = []
  let waiting: Field[] = []
  for (const field of fields.filter((each) => !given(each))) {
    waiting.push(field)
    if (!asks(field)) continue
    steps.push({ id: field.id, label: field.label, fields: waiting })
    waiting = []
  }
  const last = steps.at(-1)
  if (last) last.fields.push(...waiting)
  else if (waiting.length > 0) steps.push({ id: waiting[0]?.id ?? '', label: '', fields: waiting })
  return steps
}

/** The steps of a form as its rules have it now. */
export function stepsOf(definition: FormDefinition, hidden: ReadonlySet<string>): Step[] {
  const paging: Paging = definition.skin?.paging ?? 'page'
  const parts = partsOf(definition)
    .map(({ id, label, fields }) => ({ id, label, fields: fields.filter((field) => !hidden.has(field.id)) }))
    .filter(({ fields }) => fields.length > 0)
  const all = parts.flatMap(({ fields }) => fields)
  if (paging === 'questions') return questions(all)
  return paging === 'steps' ? parts : [{ id: '', label: '', fields: all }]
}

/** Where one is: the step by its id; where that is hidden now, the place it had among the others. */
export function placeIn(steps: Step[], id: string | undefined, before: number): number {
  const found = steps.findIndex((step) => step.id === id)
  return found >= 0 ? found : Math.max(0, Math.min(before, steps.length - 1))
}

/** The first step with one of these fields; -1 for none. */
export function stepWith(steps: Step[], ids: ReadonlySet<string>): number {
  return steps.findIndex(({ fields }) => fields.some(({ id }) => ids.has(id)))
}
