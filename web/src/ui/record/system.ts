/** What every record has beside its fields 系统字段: who and when, and the workflow's coarse word. */
import type { Field, Option, Values } from '@/fields/field'
import { fieldTypes, typeNamed } from '@/fields/registry'
import type { T } from '@/i18n/i18n'
import type { Hue } from '@/theme/tokens'
import { type FormDefinition, type FormShape, fieldsOf, nestedOf, valued } from './shape'

export const STATUS_HUES: Record<string, Hue> = {
  draft: 'grey',
  running: 'blue',
  approved: 'green',
  rejected: 'red',
  returned: 'orange',
  withdrawn: 'grey',
  ended: 'grey',
}

/** The names of types by ability, so that no type is asked for by its word. */
const moment = () => fieldTypes().find((each) => each.shape === 'datetime')?.name ?? ''
const person = () => fieldTypes().find((each) => each.people === 'member')?.name ?? ''
const oneOf = () => fieldTypes().find((each) => each.options && each.kind === 'text')?.name ?? ''

/** The word of a status; one of the app's own is shown as it is. */
export function statusWord(status: string, t: T): string {
  return status in STATUS_HUES ? t(`record.status_${status}`) : status
}

/** The fields that every record has, as fields of the same form. */
export function systemFields(definition: FormDefinition, t: T): Field[] {
  const fields: Field[] = [
    { id: 'created_at', type: moment(), label: t('record.createdAt') },
    { id: 'created_by', type: person(), label: t('record.createdBy') },
    { id: 'updated_at', type: moment(), label: t('record.updatedAt') },
    { id: 'updated_by', type: person(), label: t('record.updatedBy') },
  ]
  if (!definition.workflow) return fields
  const options: Option[] = Object.keys(STATUS_HUES).map((id) => ({
    id,
    label: t(`record.status_${id}`),
    color: STATUS_HUES[id],
  }))
  return [{ id: 'status', type: oneOf(), label: t('record.status'), options } as Field, ...fields]
}

/** Every field a list may show, sort and filter by. */
export function listFields(definition: FormDefinition, t: T): Field[] {
  return [...valued(definition.fields).filter((each) => !each.hidden), ...systemFields(definition, t)]
}

/** Every field a list may be filtered by: its own, and one step through its references (`customer.level`). */
export function filterFields(shape: FormShape, t: T): Field[] {
  const through = fieldsOf(shape).flatMap((reference) => {
    const type = typeNamed(reference.type)
    const target = (type?.kind === 'text' && type.points?.(reference).form) || ''
    const plain = (shape.forms[target]?.fields ?? []).filter((field) => {
      const type = typeNamed(field.type)
      return !field.hidden && type?.FilterInput && !type.points && type.kind !== 'rows'
    })
    return plain.map((field) => ({
      ...field,
      id: `${reference.id}.${field.id}`,
      label: t('record.through', { reference: reference.label, field: field.label }),
    }))
  })
  return [...listFields(shape.definition, t), ...through]
}

/** Whether a list can be sorted by the field. */
export function isSortable(field: Field): boolean {
  return nestedOf(field).length === 0 && fieldTypes().find((each) => each.name === field.type)?.kind !== 'list'
}

export interface RecordLike {
  id: string
  values: Record<string, unknown>
  created_at?: string
  created_by?: string
  updated_at?: string
  updated_by?: string
  status?: string
}

/** The record's values with the system fields among them. */
export function seenValues(record: RecordLike): Values {
  const { values, id, created_at = null, created_by = null, updated_at = null, updated_by = null, status } = record
  return { ...(values as Values), id, created_at, created_by, updated_at, updated_by, status: status || null }
}
