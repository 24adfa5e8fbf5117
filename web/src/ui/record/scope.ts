/** The names that expressions of a form may use 表达式的名字; the twin of builder/scope.py. */
import type { Scope, Shape } from '@/expression/values'
import type { Field } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import { type FormShape, fieldsOf, nestedOf } from './shape'

const SYSTEM: Scope = {
  id: { type: 'text' },
  created_at: { type: 'datetime' },
  created_by: { type: 'text' },
  updated_at: { type: 'datetime' },
  updated_by: { type: 'text' },
  status: { type: 'text' },
}

/** What a field is to expressions. */
export function shapeOfField(field: Field, forms: FormShape['forms'], depth = 0): Shape {
  const type = typeNamed(field.type)
  const label = field.label
  const nested = nestedOf(field)
  if (type?.kind === 'rows')
    return { type: 'rows', label, columns: { id: { type: 'text' }, ...scopeOfFields(nested, forms, depth) } }
  const target = type?.points?.(field).form
  if (target !== undefined) {
    const behind = () =>
      depth > 3 ? {} : { ...SYSTEM, ...scopeOfFields(forms[target]?.fields ?? [], forms, depth + 1) }
    // several of them are a list of ids, through which a path leads to a list: `SUM(products.price)`
    return type?.kind === 'list'
      ? { type: 'list', label, item: 'text', target: behind }
      : { type: 'reference', label, target: behind }
  }
  const options = type?.options?.(field)
  const word = type?.shape ?? type?.kind ?? 'text'
  const plain = word === 'time' ? 'date' : word
  if (!options) return { type: plain, label, item: 'text' }
  return { type: plain, label, item: 'text', options: Object.fromEntries(options.map((each) => [each.id, each.label])) }
}

/** The names of fields. */
export function scopeOfFields(fields: Field[], forms: FormShape['forms'], depth = 0): Scope {
  return Object.fromEntries(fields.map((field) => [field.id, shapeOfField(field, forms, depth)]))
}

/** The names in a record of the form. */
export function scopeOf(shape: FormShape): Scope {
  return { ...SYSTEM, ...scopeOfFields(fieldsOf(shape), shape.forms) }
}

/** The names in a row: its columns, then the record's fields. */
export function rowScopeOf(shape: FormShape, subform: Field): Scope {
  return { ...scopeOf(shape), ...scopeOfFields(nestedOf(subform), shape.forms) }
}
