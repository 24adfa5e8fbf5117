/** Events of a form that is filled in 前端事件: when to ask the server, and what becomes of its suggestions. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { sentenceOf } from '@/api/problem'
import { type Suggested, useFieldContext } from '@/fields/context'
import type { Field, Json, Values } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { type FormEvent, type FormShape, fieldsOf, isBlank, isSame } from './shape'

const PAUSE = 400
/** So many rows are asked for at once when many are pasted in. */
const MOST_AT_ONCE = 10

/** What stands beneath the field or the button that set an event off. */
export interface EventNote {
  state: 'busy' | 'done' | 'failed'
  text: string
  again?: () => void
  undo?: () => void
}

export interface FormEvents {
  notes: Record<string, EventNote>
  press: (button: string) => void
}

interface Filling {
  shape: FormShape
  values: Values
  fresh: boolean
  holds: (text: string | undefined, values: Values) => boolean
  writable: (field: Field) => boolean
  set: (values: Values) => void
}

/** The suggestions that may be kept: in fields that are open, blank ones where only those are meant, rows in order. */
export function kept(found: Suggested, values: Values, open: ReadonlySet<string>): Values {
  const taken = Object.entries(found.values as Values).filter(
    ([id]) => open.has(id) && !(found.blank.includes(id) && !isBlank(values[id])),
  )
  return Object.fromEntries(
    taken.map(([id, value]) => {
      const rows = found.append.includes(id) && Array.isArray(values[id]) ? (values[id] as Json[]) : []
      return [id, rows.length > 0 ? [...rows, ...((value ?? []) as Json[])] : value]
    }),
  )
}

/** The rows of a subform. */
const rowsOf = (values: Values, id: string): Values[] => (Array.isArray(values[id]) ? (values[id] as Values[]) : [])

/** The rows in which a column of the event has changed and holds something; a row that only moved has not. */
export function movedRows(event: FormEvent, was: Values, values: Values): number[] {
  const id = event.rows ?? ''
  const before = new Map(rowsOf(was, id).map((row, at) => [row.id ?? at, row]))
  return rowsOf(values, id).flatMap((row, at) => {
    const old = before.get(row.id ?? at)
    return event.fields.some((column) => !isBlank(row[column]) && !isSame(old?.[column], row[column])) ? [at] : []
  })
}

/** The rows with what was found put into one of them; undefined when that row is there no more. */
export function withRow(
  found: Suggested,
  event: FormEvent,
  asked: Values,
  now: Values,
  at: number,
): Values | undefined {
  const id = event.rows ?? ''
  const row = rowsOf(asked, id)[at]
  const rows = rowsOf(now, id)
  const place = row?.id === undefined ? at : rows.findIndex((each) => each.id === row.id)
  const old = rows[place]
  if (!row || !old || event.fields.some((column) => !isSame(old[column], row[column]))) return undefined
  const taken = kept(found, old, new Set(event.fills))
  return { [id]: rows.map((each, index) => (index === place ? { ...each, ...taken } : each)) }
}

/** Where an event's note stands: at what set it off, for the opening of a form at what it fills. */
const placeOf = (event: FormEvent, by?: string) =>
  event.rows ?? by ?? (event.on === 'open' ? event.fills[0] : event.fields[0]) ?? ''

/** Asks at once when a new record is opened, after a pause when a field has changed, and when a button is pressed. */
export function useEvents({ shape, values, fresh, holds, writable, set }: Filling): FormEvents {
  const t = useT()
  const { runEvent } = useFieldContext()
  const events = useMemo(() => shape.definition.events ?? [], [shape])
  const [notes, setNotes] = useState<Record<string, EventNote>>({})
  const latest = useRef({ values, writable, holds })
  latest.current = { values, writable, holds }
  const before = useRef<Values>(values)
  const turns = useRef(new Map<string, number>())
  const begun = useRef(false)

  const note = useCallback((place: string, next: EventNote | undefined) => {
    setNotes(({ [place]: _, ...rest }) => (next ? { ...rest, [place]: next } : rest))
  }, [])

  const put = useCallback(
    (patch: Values) => {
      before.current = { ...before.current, ...patch }
      set(patch)
    },
    [set],
  )

  const run = useCallback(
    async (event: FormEvent, by?: string, row?: number) => {
      if (!runEvent) return
      const place = placeOf(event, by)
      const name = `${event.id} ${row ?? ''}`
      const turn = (turns.current.get(name) ?? 0) + 1
      turns.current.set(name, turn)
      const late = () => turns.current.get(name) !== turn
      const asked = latest.current.values
      note(place, { state: 'busy', text: t('record.eventBusy', { label: event.label }) })
      try {
        const found = await runEvent(event.id, asked, row)
        if (late()) return
        if (!found.met) return note(place, undefined)
        const { values: now, writable: may } = latest.current
        const fields = fieldsOf(shape)
        const open = new Set(fields.filter(may).map(({ id }) => id))
        const taken =
          row === undefined
            ? kept(found, now, open)
            : (open.has(event.rows ?? '') && withRow(found, event, asked, now, row)) || {}
        const was = Object.fromEntries(Object.keys(taken).map((id) => [id, now[id] ?? null]))
        put(taken)
        const back = () => {
          put(was)
          note(place, undefined)
        }
        const labels = fields.filter(({ id }) => id in taken && !isSame(taken[id], was[id])).map(({ label }) => label)
        const odd = found.problems.length
        const said =
          labels.length > 0
            ? t('record.eventDone', { fields: labels.join(t('record.eventAnd')) })
            : t('record.eventNothing')
        note(place, {
          state: 'done',
          text: odd > 0 ? `${said} ${t('record.eventOdd', { count: odd })}` : said,
          undo: labels.length > 0 ? back : undefined,
        })
      } catch (error) {
        if (!late()) note(place, { state: 'failed', text: sentenceOf(error), again: () => void run(event, by, row) })
      }
    },
    [runEvent, shape, t, note, put],
  )

  useEffect(() => {
    if (!runEvent || begun.current) return
    begun.current = true
    if (fresh) for (const event of events) if (event.on === 'open' && holds(event.when, values)) void run(event)
  }, [runEvent, events, fresh, run, holds, values])

  useEffect(() => {
    const changing = events.filter(({ on }) => on === 'change')
    if (!runEvent || changing.length === 0) return
    const was = before.current
    const moved = changing
      .filter(({ rows }) => !rows)
      .map((event) => ({ event, by: event.fields.find((id) => !isSame(was[id], values[id])) }))
      .filter((each) => each.by !== undefined)
    const inRows = changing.some((event) => event.rows && !isSame(was[event.rows], values[event.rows]))
    if (moved.length === 0 && !inRows) return
    const timer = setTimeout(() => {
      before.current = latest.current.values
      for (const event of changing.filter(({ rows }) => rows))
        for (const at of movedRows(event, was, latest.current.values).slice(0, MOST_AT_ONCE))
          void run(event, undefined, at)
      for (const { event, by } of moved) {
        const { values: now, holds: check } = latest.current
        if (by !== undefined && !isBlank(now[by]) && check(event.when, now)) void run(event, by)
        else if (by !== undefined) note(by, undefined)
      }
    }, PAUSE)
    return () => clearTimeout(timer)
  }, [events, values, runEvent, run, note])

  const press = useCallback(
    (button: string) => {
      const pressed = events.filter(({ on, fields }) => on === 'press' && fields.includes(button))
      const meant = pressed.filter((event) => latest.current.holds(event.when, latest.current.values))
      if (meant.length === 0) note(button, { state: 'done', text: t('record.eventNotNow') })
      for (const event of meant) void run(event, button)
    },
    [events, run, note, t],
  )
  return { notes, press }
}
