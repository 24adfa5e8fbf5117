/** Undo and redo 撤销与重做: a value, and the patches that led to it and back. */
import { applyPatches, type Draft, enablePatches, type Patch, produceWithPatches } from 'immer'
import { merged } from './merge'

enablePatches()

interface Step {
  redo: Patch[]
  undo: Patch[]
  /** Steps with the same key that follow one another closely become one: typing a word is one step. */
  key: string
  at: number
  /** Somebody else's: it stays when what was done before it is undone. */
  theirs?: boolean
}

export interface History<T> {
  present: T
  past: Step[]
  future: Step[]
}

export type Recipe<T> = (draft: Draft<T>) => void

const LONGEST = 300
const TOGETHER = 1_200

/** A value nobody has changed yet. */
export function historyOf<T>(present: T): History<T> {
  return { present, past: [], future: [] }
}

/** The value changed by `recipe`; `at` is now, in milliseconds. A recipe that changes nothing is no step. */
export function changed<T>(history: History<T>, recipe: Recipe<T>, at: number, key = ''): History<T> {
  const [present, redo, undo] = produceWithPatches(history.present, (draft) => {
    recipe(draft as Draft<T>)
  })
  if (redo.length === 0) return history
  const last = history.past.at(-1)
  if (key !== '' && last?.key === key && at - last.at < TOGETHER && history.future.length === 0) {
    const step = { redo: [...last.redo, ...redo], undo: [...undo, ...last.undo], key, at }
    return { present: present as T, past: [...history.past.slice(0, -1), step], future: [] }
  }
  return { present: present as T, past: [...history.past, { redo, undo, key, at }].slice(-LONGEST), future: [] }
}

function whole(from: unknown, to: unknown, at: number): Step {
  const step = (value: unknown): Patch[] => [{ op: 'replace', path: [], value }]
  return { redo: step(to), undo: step(from), key: '', at }
}

/** Another value instead, as one step. */
export function replaced<T>(history: History<T>, value: T, at: number): History<T> {
  const past = [...history.past, whole(history.present, value, at)].slice(-LONGEST)
  return { present: value, past, future: [] }
}

/** The value with somebody else's changes in it: no step of ours, and what we did before can be undone still. */
export function arrived<T>(history: History<T>, value: T, at: number): History<T> {
  const past = [...history.past, { ...whole(history.present, value, at), theirs: true }].slice(-LONGEST)
  return { present: value, past, future: [] }
}

/** Whether there is a step of ours to undo. */
export function canUndo<T>({ past }: History<T>): boolean {
  return past.some(({ theirs }) => theirs !== true)
}

/** One step of ours back, under what others have done since: that stays. */
function undoneBeneath<T>(history: History<T>, place: number): History<T> {
  const { past, present } = history
  const own = past[place] as Step
  const after = past.slice(place + 1).reduceRight((value, step) => applyPatches(value, step.undo), present as object)
  const before = applyPatches(after, own.undo)
  const { value } = merged<object>(after, before, present as object, 'theirs')
  const rest = { ...whole(before, value, own.at), theirs: true }
  const again = { ...whole(value, present, own.at), key: own.key }
  return { present: value as T, past: [...past.slice(0, place), rest], future: [again, ...history.future] }
}

/** One step back; the same history when there is none. */
export function undone<T>(history: History<T>): History<T> {
  const place = history.past.findLastIndex(({ theirs }) => theirs !== true)
  const step = history.past[place]
  if (step === undefined) return history
  if (place < history.past.length - 1) return undoneBeneath(history, place)
  const present = applyPatches(history.present as object, step.undo) as T
  return { present, past: history.past.slice(0, -1), future: [step, ...history.future] }
}

/** One step forward again. */
export function redone<T>(history: History<T>): History<T> {
  const [step, ...future] = history.future
  if (step === undefined) return history
  const present = applyPatches(history.present as object, step.redo) as T
  return { present, past: [...history.past, { ...step, key: '' }], future }
}
