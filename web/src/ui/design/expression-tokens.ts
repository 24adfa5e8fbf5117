/** What stands where in a formula being written 公式分词: names of fields, functions, texts; for colour and for help. */

export interface NamedField {
  id: string
  label: string
  nested?: NamedField[]
}

/** Fields as a formula names them; of a subform also its columns. */
export function namedFields(fields: readonly { id: string; label: string }[]): NamedField[] {
  return fields.map((field) => {
    const columns = (field as { fields?: { id: string; label: string }[] }).fields
    const named = { id: field.id, label: field.label }
    return Array.isArray(columns) ? { ...named, nested: columns.map(({ id, label }) => ({ id, label })) } : named
  })
}

export type PieceKind = 'field' | 'function' | 'text' | 'number' | 'sign' | 'name' | 'blank'

export interface Piece {
  readonly kind: PieceKind
  readonly text: string
  readonly start: number
}

/** A call around the caret: its function, and which argument is being written, from 0. */
export interface CallAt {
  readonly name: string
  readonly argument: number
}

const PIECE =
  /("(?:[^"]|"")*"?|“(?:[^”]|””)*”?|＂[^＂]*＂?)|(\{[^}]*\}?(?:\s*\.\s*(?:\{[^}]*\}|[\p{L}_][\p{L}\p{N}_]*))*)|([\p{L}_][\p{L}\p{N}_]*(?:\.(?:\{[^}]*\}|[\p{L}_][\p{L}\p{N}_]*))*)|([0-9０-９]+(?:[.．][0-9０-９]+)?)|(\s+)|([\s\S])/gu

const bare = (name: string): string => name.replaceAll(/[{}]/g, '').replaceAll(/\s*\.\s*/g, '.')

/** Every way to name a field or a column. */
export function namesOf(fields: readonly NamedField[]): Set<string> {
  const found = new Set<string>()
  for (const { id, label, nested = [] } of fields) {
    for (const name of [id, label]) {
      found.add(name)
      for (const column of nested) for (const inner of [column.id, column.label]) found.add(`${name}.${inner}`)
    }
  }
  return found
}

/** The text cut into pieces; joined they are the text again. */
export function piecesOf(text: string, known: ReadonlySet<string>): Piece[] {
  const found: Piece[] = []
  for (const match of text.matchAll(PIECE)) {
    const [whole, quoted, braced, name, number, space] = match
    const start = match.index
    if (quoted !== undefined) found.push({ kind: 'text', text: whole, start })
    else if (braced !== undefined || name !== undefined)
      found.push({ kind: kindOf(text, whole, start, known), text: whole, start })
    else if (number !== undefined) found.push({ kind: 'number', text: whole, start })
    else found.push({ kind: space === undefined ? 'sign' : 'blank', text: whole, start })
  }
  return found
}

function kindOf(text: string, name: string, start: number, known: ReadonlySet<string>): PieceKind {
  if (/^\s*[(（]/.test(text.slice(start + name.length)) && !name.startsWith('{')) return 'function'
  const plain = bare(name)
  if (known.has(plain) || known.has(plain.split('.')[0] ?? '')) return 'field'
  return 'name'
}

/** The call that the caret stands in, if it stands in one. */
export function callAt(text: string, caret: number): CallAt | null {
  const open: { name: string; argument: number }[] = []
  let before: Piece | undefined
  for (const piece of piecesOf(text.slice(0, caret), new Set())) {
    if (piece.kind === 'blank') continue
    if (piece.text === '(' || piece.text === '（') {
      const called = before && (before.kind === 'function' || before.kind === 'name') ? before.text : ''
      open.push({ name: called.toUpperCase(), argument: 0 })
    } else if (piece.text === ')' || piece.text === '）') open.pop()
    else if (/^[,，;；、]$/.test(piece.text)) {
      const last = open.at(-1)
      if (last) last.argument += 1
    }
    before = piece
  }
  return open.findLast(({ name }) => name !== '') ?? null
}

/** The word that is being written before the caret, and where it begins. */
export function wordAt(text: string, caret: number): { word: string; start: number } | null {
  const last = piecesOf(text.slice(0, caret), new Set()).at(-1)
  if (!last || !(last.kind === 'name' || last.kind === 'function' || last.text.startsWith('{'))) return null
  const after = text.slice(caret)
  if (/^[\p{L}\p{N}_]/u.test(after)) return null
  return { word: last.text.replace(/^\{/, ''), start: last.start }
}

/** A place that counts characters, as the browser counts them. */
export function unitsAt(text: string, place: number): number {
  return [...text].slice(0, place).join('').length
}

/** A signature's parameters in order: `LEFT(text, [count])` has two. */
export function parametersOf(signature: string): string[] {
  const inside = /\((.*)\)$/su.exec(signature)?.[1] ?? ''
  return inside === '' ? [] : inside.split(',').map((each) => each.trim())
}
