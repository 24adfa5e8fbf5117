/** Choices that are not offered any more once what drives them moved 失效选项: taken away, and the clerk is told. */
import { useEffect, useMemo, useRef, useState } from 'react'
import { useFieldContext } from '@/fields/context'
import type { Field, Json, Option, Origin, Values } from '@/fields/field'
import { driversOf } from '@/fields/parts/drivers'
import { type OptionSettings, optionOf } from '@/fields/parts/options'
import { rowsOf } from '@/fields/parts/rows'
import { useT } from '@/i18n/i18n'
import { type FormShape, fieldsOf, isBlank, isComputed, isSame, nestedOf } from './shape'
import type { EventNote } from './use-events'

const PAUSE = 250
/** As many are asked about at once. */
const MOST_ASKED = 40
const OTHER = 'other:'

type Lets = (text: string, values: Values, within?: string) => boolean
type Ranging = Field & OptionSettings

/** A chosen option, where it stands, and what is around it. */
export interface Chosen {
  field: Ranging
  /** The subform and the row's id, for a column. */
  within: string
  row: string
  id: string
  around: Values
}

/** Whether what a field offers depends on the record, or on another form's. */
const ranges = (field: Field): boolean => {
  const { source, options } = field as Ranging
  return Boolean(source) || (options ?? []).some(({ when }) => when)
}

const idsIn = (value: Json | undefined): string[] => {
  const found = Array.isArray(value) ? value : [value]
  return found.filter((id): id is string => typeof id === 'string' && id !== '' && !id.startsWith(OTHER))
}

/** Everything chosen in fields that range, rows included; by place, so that two moments can be compared. */
function chosenIn(fields: Field[], values: Values): Map<string, Chosen> {
  const found = new Map<string, Chosen>()
  const put = (field: Field, held: Values, around: Values, within = '', row = '') => {
    for (const id of idsIn(held[field.id]))
      found.set(`${within} ${row} ${field.id} ${id}`, { field: field as Ranging, within, row, id, around })
  }
  for (const field of fields) {
    if (ranges(field)) put(field, values, values)
    const columns = nestedOf(field).filter((column) => ranges(column) && !isComputed(column))
    for (const row of columns.length > 0 ? rowsOf(values[field.id]) : [])
      for (const column of columns) put(column, row, { ...values, ...row }, field.id, String(row.id))
  }
  return found
}

const own = (field: Ranging, id: string): Option | undefined => field.options?.find((option) => option.id === id)

/** What was chosen and stays so while its drivers move: `gone` by its own condition, `asked` is for the server to say. */
export function moved(fields: Field[], was: Values, now: Values, lets: Lets): { gone: Chosen[]; asked: Chosen[] } {
  const before = chosenIn(fields, was)
  const both = [...chosenIn(fields, now)].flatMap(([key, chosen]) => {
    const held = before.get(key)
    return held === undefined ? [] : [{ chosen, held }]
  })
  const gone = both.filter(({ chosen: { field, id, within, around }, held }) => {
    const when = field.source ? undefined : own(field, id)?.when
    return when && lets(when, held.around, within) && !lets(when, around, within)
  })
  const asked = both.filter(({ chosen, held }) => {
    const drivers = driversOf((chosen.field.source ?? {}) as Partial<Origin> as { filter?: Json })
    return drivers.some((name) => !isSame(held.around[name], chosen.around[name]))
  })
  return { gone: gone.map(({ chosen }) => chosen), asked: asked.map(({ chosen }) => chosen).slice(0, MOST_ASKED) }
}

const without = (value: Json | undefined, id: string): Json =>
  Array.isArray(value) ? value.filter((one) => one !== id) : value === id ? null : (value ?? null)

/** What to set, so that none of these is chosen any more; what has been chosen anew meanwhile stays. */
export function cleared(values: Values, stale: Chosen[]): Values {
  const patch: Values = {}
  for (const { field, within, row, id } of stale) {
    if (within === '') patch[field.id] = without(field.id in patch ? patch[field.id] : values[field.id], id)
    else
      patch[within] = rowsOf(within in patch ? patch[within] : values[within]).map((each) =>
        String(each.id) === row ? { ...each, [field.id]: without(each[field.id], id) } : each,
      )
  }
  return patch
}

interface Told {
  note: EventNote
  of: Chosen
  /** What the field was cleared to. */
  left: Json
}

/** A note stands until something is chosen where it was cleared. */
function stands(id: string, { of, left }: Told, values: Values): boolean {
  if (of.within === '') return isSame(left, values[id])
  return rowsOf(values[id]).some((row) => String(row.id) === of.row && isBlank(row[of.field.id]))
}

/** Notes by field. Whoever may not write a field keeps what it holds. */
export function useStale(
  shape: FormShape,
  values: Values,
  lets: Lets,
  may: (field: Field) => boolean,
  set: (values: Values) => void,
): Record<string, EventNote> {
  const t = useT()
  const { offered } = useFieldContext()
  const [told, setTold] = useState<Record<string, Told>>({})
  const fields = useMemo(
    () => fieldsOf(shape).filter((field) => ranges(field) || nestedOf(field).some(ranges)),
    [shape],
  )
  const before = useRef(values)
  const latest = useRef({ values, may, t })
  latest.current = { values, may, t }
  useEffect(() => {
    const [was, now] = [before.current, values]
    if (fields.length === 0 || was === now) return
    const clear = (stale: Chosen[]) => {
      const { values: current, may: mayNow, t: say } = latest.current
      const open = stale.filter(({ field, within }) =>
        mayNow(fields.find(({ id }) => id === (within || field.id)) ?? field),
      )
      if (open.length === 0) return
      const patch = cleared(current, open)
      set(patch)
      const notes = open.map((of) => {
        const { field, within, id } = of
        const value = field.source ? id : optionOf(field.options, id).label
        const text = say('record.choiceCleared', { label: field.label, value })
        const place = within || field.id
        return [place, { note: { state: 'done', text }, of, left: patch[place] ?? null }]
      })
      setTold((held) => ({ ...held, ...(Object.fromEntries(notes) as Record<string, Told>) }))
    }
    const timer = setTimeout(() => {
      before.current = now
      const { gone, asked } = moved(fields, was, now, lets)
      clear(gone)
      if (!offered) return
      for (const one of asked) {
        const { field, within, id, around } = one
        const ask = { search: id, values: around, ...(within ? { column: field.id } : {}) }
        offered(within || field.id, ask)
          .then(({ values: found, more }) => (found.includes(id) || more ? undefined : clear([one])))
          .catch(() => undefined)
      }
    }, PAUSE)
    return () => clearTimeout(timer)
  }, [fields, values, lets, offered, set])
  return useMemo(() => {
    const standing = Object.entries(told).filter(([id, each]) => stands(id, each, values))
    return Object.fromEntries(standing.map(([id, { note }]) => [id, note]))
  }, [told, values])
}
