/** The state of a form being filled 填写状态: values, what the machine computes, rules, problems. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { ApiProblem } from '@/api/problem'
import { useSession } from '@/api/session'
import { useFieldContext } from '@/fields/context'
import type { Field, Values } from '@/fields/field'
import { idsOf } from '@/fields/parts/choosing'
import { typeNamed } from '@/fields/registry'
import { useT } from '@/i18n/i18n'
import { Computer, type Shown } from './compute'
import { type FormShape, fieldsOf, isBlank, isComputed, isSame, nestedOf } from './shape'
import { useCalendar } from './use-calendar'
import { type FormEvents, useEvents } from './use-events'
import { useFacts } from './use-facts'
import { useLinkage } from './use-linkage'
import { useStale } from './use-stale'

export type Access = 'hidden' | 'read' | 'edit' | 'required'

/** What is wrong, and where: `['amount']`, `['lines', 0, 'price']`; an empty path is the whole form. */
export interface FieldProblem {
  path: (string | number)[]
  detail: string
}

export interface RecordFormState {
  shape: FormShape
  values: Values
  shown: Shown
  titles: Record<string, string>
  problems: FieldProblem[]
  writable: (field: Field) => boolean
  /** Whether a condition over the record, or over a row of a subform, holds. */
  holds: (text: string, values: Values, within?: string) => boolean
  set: (values: Values) => void
  /** A record was picked; formulas may read these of its values. */
  learn: (id: string, values: Values) => void
  /** Whether anything differs from where it began. */
  dirty: boolean
  /** The changed fields with what they were. */
  changes: () => { values: Values; before: Values }
  /** Everything that may be written, for a new record. */
  all: () => Values
  setProblems: (problems: FieldProblem[]) => void
  /** Takes the places from the server's answer; true when it names any. */
  refuse: (error: unknown) => boolean
  /** Blank fields that must be filled become problems, of these fields or of all; true when there is none. */
  isComplete: (of?: Field[]) => boolean
  /** What the form's events are doing, and a press of a button among its fields. */
  events: FormEvents
  /** Starts from these values, keeping none of what was typed. */
  restart: (start: Values) => void
}

/** As many are asked for at once as the server answers for. */
const MOST_IDS = 200

interface Options {
  shape: FormShape
  start: Values
  /** A new record gets defaults. */
  fresh?: boolean
  writable?: string[]
  access?: Record<string, Access>
  titles?: Record<string, string>
  /** What was typed before and not sent. */
  typed?: Values
}

/** The references whose records formulas look into, learned once. */
function useRelated(shape: FormShape, values: Values) {
  const { options } = useFieldContext()
  const known = useRef(new Map<string, Values>())
  const asked = useRef(new Set<string>())
  const [turn, setTurn] = useState(0)
  const looked = useMemo(() => {
    const texts = Object.keys(shape.trees).join('\n')
    return fieldsOf(shape).filter((each) => typeNamed(each.type)?.points && texts.includes(`${each.id}.`))
  }, [shape])
  useEffect(() => {
    for (const field of looked) {
      const fresh = idsOf(values[field.id]).filter((id) => !known.current.has(id) && !asked.current.has(id))
      const ids = fresh.slice(0, MOST_IDS)
      if (ids.length === 0) continue
      for (const id of ids) asked.current.add(id)
      options(field.id, { ids })
        .then((found) => {
          if (found.length === 0) return
          for (const one of found) known.current.set(one.id, one.values ?? {})
          setTurn((before) => before + 1)
        })
        .catch(() => undefined)
    }
  }, [looked, values, options])
  const learn = useCallback((id: string, more: Values) => {
    known.current.set(id, more)
    setTurn((before) => before + 1)
  }, [])
  return { known: known.current, learn, turn }
}

/** References that a new record begins with fill what they would have filled when picked. */
function useFirstFill(shape: FormShape, start: Values | null, set: (values: Values) => void) {
  const { options } = useFieldContext()
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, with what it begins with
  useEffect(() => {
    if (!start) return
    for (const field of fieldsOf(shape)) {
      const fills = Object.keys(typeNamed(field.type)?.points?.(field).fill ?? {})
      const id = start[field.id]
      if (typeof id !== 'string' || fills.every((each) => !isBlank(start[each]))) continue
      options(field.id, { ids: [id] })
        .then(([found]) => {
          const fill = Object.entries(found?.fill ?? {}).filter(([each]) => isBlank(start[each]))
          if (fill.length > 0) set(Object.fromEntries(fill))
        })
        .catch(() => undefined)
    }
  }, [])
}

function useAsker() {
  const { me, members } = useFieldContext()
  return useMemo(() => {
    const person = members.find((each) => each.id === me)
    return me ? { id: me, name: person?.name, departments: person?.departments ?? [] } : null
  }, [me, members])
}

/** Problems of the server as places in the form. */
export function placesOf(error: unknown): FieldProblem[] {
  if (!(error instanceof ApiProblem)) return []
  const told = error.problems.length > 0 ? error.problems : [{ path: error.path, detail: error.detail }]
  return told.filter(({ path }) => path[0] === 'values').map(({ path, detail }) => ({ path: path.slice(1), detail }))
}

/** What is required and blank, in rows too. */
export function missing(fields: Field[], values: Values, shown: Shown, say: (label: string) => string): FieldProblem[] {
  return fields.flatMap((field) => {
    if (shown.hidden.has(field.id) || isComputed(field)) return []
    const held = values[field.id]
    const own = shown.required.has(field.id) && isBlank(held) ? [{ path: [field.id], detail: say(field.label) }] : []
    const columns = nestedOf(field).filter((each) => each.required && !isComputed(each))
    const rows = Array.isArray(held) ? (held as Values[]) : []
    const inner = rows.flatMap((row, at) =>
      columns
        .filter((column) => isBlank(row[column.id]))
        .map((column) => ({ path: [field.id, at, column.id], detail: say(column.label) })),
    )
    return [...own, ...inner]
  })
}

/** One form being filled; `<RecordForm>` draws it. */
export function useRecordForm({
  shape,
  start,
  fresh = false,
  writable,
  access,
  titles = {},
  typed,
}: Options): RecordFormState {
  const t = useT()
  const me = useAsker()
  const timezone = useSession().data?.workspace?.timezone
  const [begun, setBegun] = useState(start)
  const [raw, setRaw] = useState<Values>({ ...start, ...typed })
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const { known, learn, turn } = useRelated(shape, raw)
  const { facts, turn: told } = useFacts(shape)
  const calendar = useCalendar(shape)
  const computer = useMemo(
    () => new Computer(shape, { me, timezone, related: (id) => known.get(id), facts, calendar }),
    [shape, me, timezone, known, facts, calendar],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` and `told` say that what lies outside has changed
  const values = useMemo(
    () => computer.formulas(fresh ? computer.defaults(raw) : raw),
    [computer, raw, fresh, turn, told],
  )
  const shown = useMemo(() => {
    const said = computer.rules(values)
    for (const [id, may] of Object.entries(access ?? {})) {
      if (may === 'hidden') said.hidden.add(id)
      if (may === 'read') said.readOnly.add(id)
      if (may === 'required') said.required.add(id)
    }
    return said
  }, [computer, values, access])
  const mayWrite = useMemo(() => new Set(writable ?? shape.writable), [writable, shape])
  const isWritable = (field: Field) =>
    mayWrite.has(field.id) && !isComputed(field) && !shown.readOnly.has(field.id) && !shown.hidden.has(field.id)
  const sendable = fieldsOf(shape).filter((field) => mayWrite.has(field.id) && !isComputed(field))
  const changed = sendable.filter((field) => !isSame(values[field.id], begun[field.id]))
  const set = useCallback((patch: Values) => {
    setRaw((before) => ({ ...before, ...patch }))
    const gone = new Set(Object.keys(patch))
    setProblems((before) => before.filter(({ path }) => !gone.has(String(path[0]))))
  }, [])
  const holds = useCallback((text: string, of: Values, within = '') => computer.lets(text, of, within), [computer])
  useFirstFill(shape, fresh ? start : null, set)
  useLinkage(shape, values, fresh, set)
  const met = useCallback((text: string | undefined, of: Values) => computer.holds(text, of), [computer])
  const events = useEvents({ shape, values, fresh, holds: met, writable: isWritable, set })
  const stale = useStale(shape, values, holds, (field) => mayWrite.has(field.id) && !isComputed(field), set)
  const noted = useMemo(() => ({ ...events, notes: { ...events.notes, ...stale } }), [events, stale])
  const pick = (fields: Field[], from: Values) => Object.fromEntries(fields.map(({ id }) => [id, from[id] ?? null]))
  return {
    shape,
    values,
    shown,
    titles,
    problems,
    writable: isWritable,
    holds,
    set,
    learn,
    events: noted,
    dirty: Object.keys(raw).some((id) => !isSame(raw[id], begun[id])),
    changes: () => ({ values: pick(changed, values), before: pick(changed, begun) }),
    all: () =>
      pick(
        sendable.filter(({ id }) => !isBlank(values[id]) && !shown.hidden.has(id)),
        values,
      ),
    setProblems,
    refuse: (error) => {
      const places = placesOf(error)
      setProblems(places)
      return places.length > 0
    },
    isComplete: (of) => {
      const say = (label: string) => t('record.required', { label })
      const asked = of ? fieldsOf(shape).filter((field) => of.includes(field)) : fieldsOf(shape)
      const found = missing(asked.filter(isWritable), values, shown, say)
      setProblems(found)
      return found.length === 0
    },
    restart: (next) => {
      setBegun(next)
      setRaw(next)
      setProblems([])
    },
  }
}
