/** Undo and redo 撤销与重做: a value, and the patches that led to it and back. */
import { applyPatches, type Draft, enablePatches, type Patch, produceWithPatches } from 'immer'

enablePatches()

interface Step {
  redo: Patch[]
  undo: Patch[]
  /** Steps with the same key that follow one another closely become one: typing a word is one step. */
  key: string
  at: number
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

/** Another value instead, as one step. */
export function replaced<T>(history: History<T>, value: T, at: number): History<T> {
  const redo: Patch[] = [{ op: 'replace', path: [], value }]
  const undo: Patch[] = [{ op: 'replace', path: [], value: history.present }]
  return { present: value, past: [...history.past, { redo, undo, key: '', at }].slice(-LONGEST), future: [] }
}

/** One step back; the same history when there is none. */
export function undone<T>(history: History<T>): History<T> {
  const step = history.past.at(-1)
  if (step === undefined) return history
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
