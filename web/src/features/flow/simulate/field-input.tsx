/** One field to fill while trying a workflow 试填字段: as in its form, but nothing is required and nothing computed. */
import type { Field, Json, Values } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import css from '../proofs/proofs.module.css'

interface FieldInputProps {
  field: Field
  values: Values
  onChange: (value: Json) => void
}

/** Its name above its input. */
export function FieldInput({ field, values, onChange }: FieldInputProps) {
  const type = typeNamed(field.type)
  const Input = type?.Input
  if (Input === undefined) return null
  const { formula: _, ...plain } = field
  const id = `try-${field.id}`
  return (
    <div className={css.field}>
      <label htmlFor={id}>{field.label}</label>
      <Input field={plain} id={id} value={values[field.id] ?? null} values={values} onChange={onChange} />
    </div>
  )
}

/** A value in words. */
export function valueWords(
  field: Field | undefined,
  value: Json | undefined,
  blank: string,
  nameOf: (id: string) => string,
): string {
  if (value === null || value === undefined || value === '') return blank
  const read = field === undefined ? undefined : typeNamed(field.type)?.read
  if (field !== undefined && read !== undefined) return read(field, value, nameOf) || blank
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
