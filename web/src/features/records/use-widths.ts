/** How wide the columns of a list are 列宽: dragged by the person, remembered in the browser. */
import { useCallback, useMemo, useState } from 'react'
import { useFieldContext } from '@/fields/context'
import type { Field } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import { keepWidths, keptWidths, type Widths } from './remembered'

export const NARROWEST = 64
export const WIDEST = 800
const TITLE = 200

/** The width of a column that nobody dragged. */
export function widthOf(field: Field, title?: string): number {
  const letters = [...field.label].reduce((sum, letter) => sum + (letter > '\u2e80' ? 13 : 7), 0)
  const natural = typeNamed(field.type)?.columnWidth ?? 150
  return Math.max(field.id === title ? Math.max(natural, TITLE) : natural, Math.min(220, letters + 46))
}

/** The columns as CSS: what was dragged stays; the title and the last one share what is left. */
export function templateOf(columns: Field[], widths: Widths, title?: string): string {
  const sizes = columns.map((field, at) => {
    const own = widths[field.id]
    if (own) return `${own}px`
    const width = widthOf(field, title)
    return at === columns.length - 1 || field.id === title ? `minmax(${width}px, 1fr)` : `${width}px`
  })
  return `44px ${sizes.join(' ')}`
}

/** The widths of a form's columns and the verb that changes one; null gives a column its own width back. */
export function useWidths(app: string, form: string, columns: Field[], title?: string) {
  const { me } = useFieldContext()
  const [widths, setWidths] = useState(() => keptWidths(me, app, form))
  const resize = useCallback(
    (field: string, width: number | null) =>
      setWidths((before) => {
        const { [field]: _gone, ...rest } = before
        const round = width === null ? null : Math.round(Math.max(NARROWEST, Math.min(WIDEST, width)))
        const next = round === null ? rest : { ...rest, [field]: round }
        keepWidths(me, app, form, next)
        return next
      }),
    [me, app, form],
  )
  return { template: useMemo(() => templateOf(columns, widths, title), [columns, widths, title]), resize }
}
