/** Fields that begin with what another form's record holds 数据联动: asked for again when what drives them changes. */
import { useEffect, useMemo, useRef } from 'react'
import { useFieldContext } from '@/fields/context'
import type { Field, Values } from '@/fields/field'
import { driversOf } from '@/fields/parts/drivers'
import { type FormShape, fieldsOf, isBlank, isSame } from './shape'

const PAUSE = 250

interface Driven {
  id: string
  by: string[]
}

function linkedOf(shape: FormShape): Driven[] {
  const linked = fieldsOf(shape).filter((field) => field.linkage)
  return linked.map((field: Field) => ({ id: field.id, by: driversOf(field.linkage ?? {}) }))
}

/** Sets linked fields of a new record at once, of any record when a driving field moves. */
export function useLinkage(shape: FormShape, values: Values, fresh: boolean, set: (values: Values) => void): void {
  const { linked } = useFieldContext()
  const known = useMemo(() => linkedOf(shape), [shape])
  const before = useRef<Values | null>(fresh ? null : values)
  const latest = useRef(values)
  latest.current = values
  useEffect(() => {
    if (!linked || known.length === 0) return
    const was = before.current
    const moved = known.filter(({ id, by }) =>
      was === null ? isBlank(values[id]) : by.some((name) => !isSame(was[name], values[name])),
    )
    before.current = values
    if (moved.length === 0) return
    const ids = moved.map(({ id }) => id)
    const timer = setTimeout(() => {
      linked(ids, latest.current)
        .then((found) => set(found.values))
        .catch(() => undefined)
    }, PAUSE)
    return () => clearTimeout(timer)
  }, [linked, known, values, set])
}
