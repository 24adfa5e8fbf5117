/** The form's fields as the menus of a condition name them 条件可用字段. */
import type { Field } from '@/fields/field'
import { typeNamed } from '@/fields/registry'

interface Named {
  id: string
  label: string
  nested?: Named[]
}

/** Fields, and below those whose value is rows, their columns. */
export function namedFields(fields: Field[]): Named[] {
  return fields.map((field) => {
    const columns = typeNamed(field.type)?.nested?.(field)
    return { id: field.id, label: field.label, ...(columns === undefined ? {} : { nested: namedFields(columns) }) }
  })
}
