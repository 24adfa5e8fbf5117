/** The words after a submit 提交提示: `{field}` in them stands for what was sent. */
import { Fragment } from 'react'
import type { Field, Values } from '@/fields/field'
import { FieldValue } from './field-value'
import css from './record.module.css'
import type { After } from './shape'

interface Piece {
  key: string
  text?: string
  field?: string
}

/** Text and the names of fields, in turn. */
export function piecesOf(prompt: string, known: (id: string) => boolean): Piece[] {
  return prompt
    .split(/(\{[a-z][a-z0-9_]*\})/)
    .map((piece, at): Piece => {
      const field = piece.startsWith('{') && known(piece.slice(1, -1)) ? piece.slice(1, -1) : undefined
      return { key: `${at}`, ...(field ? { field } : { text: piece }) }
    })
    .filter(({ text }) => text !== '')
}

interface PromptProps {
  after?: After | null
  fields: Field[]
  values: Values
  titles?: Record<string, string>
}

/** The words with the values in their places; nothing when there are none. */
export function Prompt({ after, fields, values, titles = {} }: PromptProps) {
  if (!after?.prompt) return null
  const own = new Map(fields.map((field) => [field.id, field]))
  const record = { id: '', values, titles }
  return (
    <span className={css.prompt}>
      {piecesOf(after.prompt, (id) => own.has(id)).map(({ key, text, field }) => {
        const found = field === undefined ? undefined : own.get(field)
        return (
          <Fragment key={key}>
            {found ? <FieldValue field={found} value={values[found.id]} record={record} /> : text}
          </Fragment>
        )
      })}
    </span>
  )
}
