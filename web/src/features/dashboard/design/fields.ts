/** Which fields a widget may count, group and filter by 可选字段: the draft's own, the system's, and one step through references. */
import type { Field } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import type { T } from '@/i18n/i18n'
import type { AppDraft } from '@/ui/design/draft'
import { type NamedField, namedFields } from '@/ui/design/expression-tokens'
import { type FormDefinition, type FormShape, fieldsOf, nestedOf } from '@/ui/record/shape'
import { systemFields } from '@/ui/record/system'

export interface Choice {
  value: string
  label: string
}

/** A form of the draft as parts that draw records know it; the asker is an administrator and reads all. */
export function draftShape(app: string, draft: AppDraft, form: string): FormShape | undefined {
  const definition = draft.parts[`forms/${form}`] as unknown as FormDefinition | undefined
  if (!definition) return undefined
  const ids = (definition.fields ?? []).map(({ id }) => id)
  return {
    app,
    form,
    version: 0,
    definition,
    trees: {},
    operations: [],
    readable: ids,
    writable: [],
    forms: Object.fromEntries(formsOf(draft).map((each) => [each.id, { name: each.name, fields: each.fields }])),
  }
}

/** Where the menu of the draft names a form; those it does not name come last. */
function rankOf(draft: AppDraft, form: string): number {
  const { menu = [] } = draft.parts.app as { menu?: { items?: string[] }[] }
  const at = menu.flatMap((group) => group.items ?? []).indexOf(`form:${form}`)
  return at < 0 ? Number.MAX_SAFE_INTEGER : at
}

/** The forms of the draft, in the order of its menu. */
export function formsOf(draft: AppDraft): FormDefinition[] {
  const forms = Object.entries(draft.parts).flatMap(([name, part]) =>
    name.startsWith('forms/') ? [part as unknown as FormDefinition] : [],
  )
  return forms.sort((one, other) => rankOf(draft, one.id) - rankOf(draft, other.id))
}

/** Own fields, the system's, and those behind references, each with its path as id. */
export function fieldsWithin(shape: FormShape, t: T): Field[] {
  const own = fieldsOf(shape).filter((field) => nestedOf(field).length === 0)
  const behind = own.flatMap((field) => {
    const type = typeNamed(field.type)
    const target = type?.kind === 'text' ? type.points?.(field).form : undefined
    const fields = target ? (shape.forms[target]?.fields ?? []) : []
    return fields
      .filter((each) => nestedOf(each).length === 0)
      .map((each) => ({ ...each, id: `${field.id}.${each.id}`, label: `${field.label} · ${each.label}` }))
  })
  return [...own, ...systemFields(shape.definition, t), ...behind]
}

const kindOf = (field: Field) => typeNamed(field.type)?.kind

/** Whether the field is a point in time. */
export function isTime(field: Field | undefined): boolean {
  return field !== undefined && kindOf(field) === 'time'
}

/** What records can be grouped by: one value each, and not a free number or text that is never the same twice. */
export function groupable(fields: Field[]): Field[] {
  return fields.filter((field) => {
    const kind = kindOf(field)
    const type = typeNamed(field.type)
    if (type?.given || field.unique) return false
    return kind === 'time' || kind === 'boolean' || kind === 'text'
  })
}

/** What can be summed: the form's own numbers. */
export function countable(shape: FormShape): Field[] {
  return (shape.definition.fields ?? []).filter((field) => kindOf(field) === 'number')
}

/** What a formula over records of the form may name. */
export function fieldsNamed(shape: FormShape): NamedField[] {
  return namedFields(shape.definition.fields ?? [])
}

/** The days that a dashboard's range may bound. */
export function datesIn(shape: FormShape, t: T): Field[] {
  return fieldsWithin(shape, t).filter((field) => !field.id.includes('.') && isTime(field))
}

/** The members that a dashboard's person may be. */
export function peopleIn(shape: FormShape, t: T): Field[] {
  return fieldsWithin(shape, t).filter((field) => {
    const type = typeNamed(field.type)
    return !field.id.includes('.') && type?.people === 'member' && type.kind === 'text'
  })
}

/** As options of a select. */
export function choicesOf(fields: Field[]): Choice[] {
  return fields.map(({ id, label }) => ({ value: id, label }))
}
