/** How wide the columns of a list are 列宽: dragged by the person, else by their kind. */
import type { Field } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import type { Widths } from './views'

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

/** A width as it is kept. */
export function within(width: number): number {
  return Math.round(Math.max(NARROWEST, Math.min(WIDEST, width)))
}
