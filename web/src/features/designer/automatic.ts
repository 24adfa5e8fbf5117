/** Defaults that stand for something 自动默认值: the person, the department or the day, found when a record is added. */
import type { Field } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import type { T } from '@/i18n/i18n'
import { movingOf } from '@/lib/moving-day'

/** The placeholder that a field of this type may begin with. */
export function automaticOf(field: Field): string | undefined {
  const type = typeNamed(field.type)
  if (type?.people === 'member') return '@me'
  if (type?.people === 'department') return '@my_department'
  if (type?.shape === 'time') return '@time'
  if (type?.kind !== 'time') return undefined
  return type.shape === 'datetime' ? '@now' : '@today'
}

/** The placeholder in words: “today”, “7 days after today”. */
export function automaticWords(text: string, t: T): string {
  const moving = movingOf(text)
  if (moving === null || moving.steps === 0) return t(`designer.placeholders.${moving ? 'today' : text.slice(1)}`)
  const way = t(moving.steps < 0 ? 'fill.before' : 'fill.after')
  return t('designer.movedDay', { count: Math.abs(moving.steps), unit: t(`fill.bound_${moving.unit}`), way })
}

/** Whether a default is such a placeholder. */
export function isAutomatic(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('@')
}
