/** Defaults that stand for something 自动默认值: the person, the department or the day, found when a record is added. */
import type { Field } from '@/fields/field'
import { typeNamed } from '@/fields/registry'

/** The placeholder that a field of this type may begin with. */
export function automaticOf(field: Field): string | undefined {
  const type = typeNamed(field.type)
  if (type?.people === 'member') return '@me'
  if (type?.people === 'department') return '@my_department'
  if (type?.kind !== 'time') return undefined
  return type.shape === 'datetime' ? '@now' : '@today'
}

/** Whether a default is such a placeholder. */
export function isAutomatic(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('@')
}
