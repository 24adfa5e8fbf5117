/** Fields that begin with what another form's record holds 数据联动: asked for again when what drives them changes. */
import { useEffect, useMemo, useRef } from 'react'
import { type LinkedRows, useFieldContext } from '@/fields/context'
import type { Field, Json, Values } from '@/fields/field'
import { driversOf } from '@/fields/parts/drivers'
import { rowsOf } from '@/fields/parts/rows'
import { type FormShape, fieldsOf, isBlank, isSame, nestedOf } from './shape'

const PAUSE = 250
/** As many rows are asked about at once as the server answers for. */
const MOST_ROWS = 500

interface Driven {
  id: string
  by: string[]
}

/** A subform with its columns that are driven. */
interface DrivenRows {
  id: string
  columns: Driven[]
}

const drivenOf = (fields: Field[]): Driven[] =>
  fields.flatMap(({ id, linkage }) => (linkage ? [{ id, by: driversOf(linkage) }] : []))

const movedIn = (driven: Driven[], was: Values, now: Values): Driven[] =>
  driven.filter(({ by }) => by.some((name) => !isSame(was[name], now[name])))

/** What is to be asked: of a new record or row what is blank, of any other what the drivers of have moved. */
function questionFor(driven: Driven[], was: Values | null, now: Values): string[] {
  const asked = was === null ? driven.filter(({ id }) => isBlank(now[id])) : movedIn(driven, was, now)
  return asked.map(({ id }) => id)
}

/** The rows of a subform of which something is to be asked, with the columns to ask for. */
export function rowQuestions({ id, columns }: DrivenRows, was: Values | null, now: Values) {
  const before = new Map(rowsOf(was?.[id]).map((row) => [String(row.id), row]))
  const found = rowsOf(now[id]).flatMap((row) => {
    const held = before.get(String(row.id))
    const ids = questionFor(columns, held ? { ...was, ...held } : null, { ...now, ...row })
    return ids.length > 0 ? [{ row, ids }] : []
  })
  return found.slice(0, MOST_ROWS)
}

/** The rows as they are now, with what was found for those that were asked about. */
function answered(rows: Values[], asked: { row: Values; ids: string[] }[], found: Values[]): Values[] {
  const known = new Map(asked.map(({ row, ids }, at) => [row.id, ids.map((id) => [id, found[at]?.[id] ?? null])]))
  return rows.map((row) => ({ ...row, ...Object.fromEntries((known.get(row.id ?? null) ?? []) as [string, Json][]) }))
}

/** Sets linked fields of a new record at once, of any record when a driving field moves; and linked columns so. */
export function useLinkage(shape: FormShape, values: Values, fresh: boolean, set: (values: Values) => void): void {
  const { linked } = useFieldContext()
  const known = useMemo(() => drivenOf(fieldsOf(shape)), [shape])
  const subforms = useMemo(
    () =>
      fieldsOf(shape)
        .map((field) => ({ id: field.id, columns: drivenOf(nestedOf(field)) }))
        .filter(({ columns }) => columns.length > 0),
    [shape],
  )
  const before = useRef<Values | null>(fresh ? null : values)
  const latest = useRef(values)
  latest.current = values
  useEffect(() => {
    if (!linked || known.length + subforms.length === 0) return
    // what waits is compared with what was last asked about: a keystroke in between loses nothing
    const timer = setTimeout(() => {
      const [was, now] = [before.current, values]
      before.current = now
      const ids = questionFor(known, was, now)
      if (ids.length > 0)
        linked(ids, now)
          .then((found) => set(found.values))
          .catch(() => undefined)
      for (const subform of subforms) {
        const asked = rowQuestions(subform, was, now)
        if (asked.length === 0) continue
        const within: LinkedRows = { subform: subform.id, rows: asked.map(({ row }) => row) }
        linked([...new Set(asked.flatMap(({ ids: columns }) => columns))], now, within)
          .then(({ rows }) => set({ [subform.id]: answered(rowsOf(latest.current[subform.id]), asked, rows) }))
          .catch(() => undefined)
      }
    }, PAUSE)
    return () => clearTimeout(timer)
  }, [linked, known, subforms, values, set])
}
