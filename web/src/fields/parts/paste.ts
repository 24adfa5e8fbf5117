/** Cells of a spreadsheet pasted into rows 粘贴表格: texts are read as each column's type reads them. */
import type { FieldSurroundings } from '@/fields/context'
import type { Field, FieldOf, Json, NamedFieldType, Values } from '@/fields/field'
import { type NumberSettings, readNumber } from './decimal'
import { OTHER } from './other'

const YES = ['true', 'yes', 'y', '1', '是', '√', '✓']
const NO = ['false', 'no', 'n', '0', '否', '×']
const DAY = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?/

/** The cells of a copied table; quoted cells may hold tabs and line breaks, as Excel writes them. */
export function cellsOf(text: string): string[][] {
  const rows: string[][] = [[]]
  let cell = ''
  let quoted = false
  const end = () => rows.at(-1)?.push(cell)
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] as string
    if (quoted) {
      if (sign !== '"') cell += sign
      else if (text[at + 1] === '"') {
        cell += sign
        at += 1
      } else quoted = false
    } else if (sign === '"' && cell === '') quoted = true
    else if (sign === '\t' || sign === '\n') {
      end()
      cell = ''
      if (sign === '\n') rows.push([])
    } else if (sign !== '\r') cell += sign
  }
  end()
  if (rows.at(-1)?.every((each) => each === '')) rows.pop()
  return rows
}

type Around = Pick<FieldSurroundings, 'members' | 'departments' | 'typeNamed'>

function named(list: { id: string; name: string }[], text: string): string | undefined {
  return list.find(({ name }) => name === text)?.id
}

function dayOf(text: string): string | undefined {
  const [, year, month = '', day = ''] = DAY.exec(text) ?? []
  return year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : undefined
}

function optionOf(type: NamedFieldType, column: FieldOf<{ other?: boolean }>, text: string): string | undefined {
  const found = type.options?.(column)?.find(({ id, label }) => label === text || id === text)
  return found?.id ?? (column.other ? OTHER + text : undefined)
}

function one(type: NamedFieldType, column: Field, text: string, around: Around): Json | undefined {
  if (type.options) return optionOf(type, column, text)
  if (type.people === 'member') return named(around.members, text)
  if (type.people === 'department') return named(around.departments, text)
  if (type.kind === 'number') return readNumber(text, column as FieldOf<NumberSettings>)
  if (type.kind === 'boolean')
    return YES.includes(text.toLowerCase()) ? true : NO.includes(text.toLowerCase()) ? false : undefined
  if (type.shape === 'date') return type.fit ? type.fit(column, dayOf(text) ?? null) : dayOf(text)
  return type.kind === 'text' && !type.points ? text : undefined
}

/** What a pasted text is in a column; undefined where the column cannot take it. */
export function readCell(column: Field, text: string, around: Around): Json | undefined {
  const type = around.typeNamed(column.type)
  const bare = text.trim()
  if (!type || type.given || column.formula || column.read_only || bare === '') return undefined
  if (type.kind !== 'list') return one(type, column, bare, around)
  if (!type.options && !type.people) return undefined
  const found = bare.split(/[,，;；、\n]/).flatMap((part) => one(type, column, part.trim(), around) ?? [])
  return found.length > 0 ? found : undefined
}

/** Rows with the cells put in from a row and a column on; `fresh` makes rows that are needed beyond the last. */
export function pasted(
  rows: Values[],
  columns: Field[],
  from: { row: number; column: number },
  cells: string[][],
  around: Around,
  fresh: () => Values,
): Values[] {
  const next = [...rows]
  for (const [down, line] of cells.entries()) {
    const at = from.row + down
    const row = { ...(next[at] ?? fresh()) }
    for (const [across, text] of line.entries()) {
      const column = columns[from.column + across]
      const value = column ? readCell(column, text, around) : undefined
      if (column && value !== undefined) row[column.id] = value
    }
    next[at] = row
  }
  return next
}
