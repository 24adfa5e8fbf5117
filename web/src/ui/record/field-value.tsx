/** A value that is read 字段值: one line in a list, more where there is room. */
import type { AroundValue, Field, Json } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import css from './record.module.css'
import { isBlank } from './shape'

interface FieldValueProps {
  field: Field
  value: Json | undefined
  record?: AroundValue
  /** `display` where there is room; a cell otherwise. */
  mode?: 'cell' | 'display'
}

/** The value as its type draws it; a dash where there is none. */
export function FieldValue({ field, value, record, mode = 'cell' }: FieldValueProps) {
  const type = typeNamed(field.type)
  if (isBlank(value)) return mode === 'display' ? <span className={css.none}>—</span> : null
  if (!type) return <span>{typeof value === 'string' ? value : JSON.stringify(value)}</span>
  const Draw = mode === 'display' ? (type.Display ?? type.Cell) : type.Cell
  return <Draw field={field} value={value ?? null} record={record} />
}
