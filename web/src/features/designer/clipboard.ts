/** Fields taken along 复制字段: within a form, to another one, to another tab; formulas among them follow. */
import type { Field } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import { type Form, fieldAt, listAround } from './definition'
import type { Spot } from './layout'
import { followed } from './rewrite'
import { free } from './slugs'

/** A field with the path it was copied from. */
export interface Piece {
  path: string
  field: Field
}

const SHELF = 'qiaoban.form.fields'
const copied = (field: Field): Field => JSON.parse(JSON.stringify(field)) as Field
let shelf: Piece[] = []

/** The chosen fields; a column whose field is chosen too goes with it. */
export function piecesOf(form: Form, paths: string[]): Piece[] {
  return paths.flatMap((path) => {
    const field = fieldAt(form, path)
    const within = path.includes('.') && paths.includes(path.split('.')[0] ?? '')
    return field === undefined || within ? [] : [{ path, field: copied(field) }]
  })
}

/** Keeps pieces for the next paste, in whatever tab. */
export function keep(pieces: Piece[]): void {
  shelf = pieces
  try {
    localStorage.setItem(SHELF, JSON.stringify(pieces))
  } catch {
    // a full or closed store: this tab still has them
  }
}

/** What was kept last. */
export function kept(): Piece[] {
  try {
    const found = JSON.parse(localStorage.getItem(SHELF) ?? 'null') as Piece[] | null
    return Array.isArray(found) ? found.filter((each) => typeNamed(each?.field?.type) !== undefined) : shelf
  } catch {
    return shelf
  }
}

/** Whether a field may stand in rows. */
export const nests = (field: Field): boolean => typeNamed(field.type)?.topLevelOnly !== true

/** The pieces as they may be put there: ids that nobody has, and formulas that name the copies. */
export function fitted(form: Form, pieces: Piece[], spot: Spot): Field[] {
  const list = (spot.rows === undefined ? form.fields : listAround(form, `${spot.rows}.`)) ?? []
  const taken = list.map(({ id }) => id)
  const names = new Map<string, string>()
  const fits = pieces.filter(({ field }) => spot.rows === undefined || nests(field))
  const fresh = fits.map(({ path, field }) => {
    const id = taken.includes(field.id) ? free(field.id.replace(/_\d+$/, ''), taken) : field.id
    taken.push(id)
    names.set(field.id, id)
    if (path !== field.id) names.set(path, spot.rows === undefined ? id : `${spot.rows}.${id}`)
    return { ...copied(field), id }
  })
  return fresh.map((field) => followed(field, names))
}
