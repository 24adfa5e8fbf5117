/** A field given another type 更改类型: what of its settings the new type knows, and what it begins with. */
import type { Field, Json } from '@/fields/field'
import { typeNamed } from '@/fields/registry'

/** JSON Schema, as far as settings need it. */
interface Schema {
  $ref?: string
  $defs?: Record<string, Schema>
  anyOf?: Schema[]
  const?: Json
  enum?: Json[]
  type?: string
  pattern?: string
  minimum?: number
  maximum?: number
  properties?: Record<string, Schema>
}

/** What the server says of every type: its settings, and which types its fields can be changed to. */
export type TypeTable = Record<string, { kind: string; settings: Schema; becomes: string[] }>

/** Keys of every field that mean the same whatever its type is. */
const COMMON = ['id', 'label', 'help', 'required', 'read_only', 'hidden', 'width']
const NEVER_UNIQUE = ['rows', 'list', 'boolean']

const TYPES: Record<string, (value: Json) => boolean> = {
  null: (value) => value === null,
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  integer: (value) => Number.isInteger(value),
  number: (value) => typeof value === 'number',
  array: Array.isArray,
  object: (value) => value !== null && typeof value === 'object' && !Array.isArray(value),
}

/** Whether a setting's value is one that the schema takes. */
export function fits(value: Json, schema: Schema, root: Schema): boolean {
  if (schema.$ref !== undefined) {
    const named = root.$defs?.[schema.$ref.split('/').at(-1) ?? '']
    return named !== undefined && fits(value, named, root)
  }
  if (schema.anyOf !== undefined) return schema.anyOf.some((each) => fits(value, each, root))
  if (schema.const !== undefined && schema.const !== value) return false
  if (schema.enum !== undefined && !schema.enum.includes(value)) return false
  if (schema.type !== undefined && TYPES[schema.type]?.(value) !== true) return false
  if (typeof value === 'number')
    return (
      value >= (schema.minimum ?? Number.NEGATIVE_INFINITY) && value <= (schema.maximum ?? Number.POSITIVE_INFINITY)
    )
  return typeof value !== 'string' || schema.pattern === undefined || new RegExp(schema.pattern).test(value)
}

/** The settings of `field` that the type `to` knows too, with values that it takes. */
export function carried(field: Field, to: string, table: TypeTable): Record<string, Json> {
  const settings = table[to]?.settings ?? {}
  const known = Object.entries(settings.properties ?? {})
  const held = field as unknown as Record<string, Json>
  return Object.fromEntries(
    known.flatMap(([key, schema]) => {
      const value = held[key]
      return value !== undefined && fits(value, schema, settings) ? [[key, value]] : []
    }),
  )
}

/** The change that gives `field` the type `to`; keys that no longer mean anything go. */
export function retype(field: Field, to: string, table: TypeTable): Partial<Field> {
  const before = typeNamed(field.type)
  const after = typeNamed(to)
  const same = before?.kind !== undefined && before.kind === after?.kind
  const kept = carried(field, to, table)
  const blank = JSON.parse(JSON.stringify(after?.blank ?? {})) as Record<string, Json>
  // what people chose among is given by the values there are, not by samples
  if (after?.options !== undefined && before?.options === undefined && 'options' in blank) blank.options = []
  const own = field as unknown as Record<string, Json>
  const gone = Object.keys(own).filter((key) => !COMMON.includes(key) && key !== 'type')
  const unique = field.unique === true && !NEVER_UNIQUE.includes(after?.kind ?? '') ? { unique: true } : {}
  const computed = same && field.formula !== undefined ? { formula: field.formula } : {}
  const spoken = same && field.placeholder !== undefined ? { placeholder: field.placeholder } : {}
  return {
    ...Object.fromEntries(gone.map((key) => [key, undefined])),
    ...blank,
    ...kept,
    ...unique,
    ...computed,
    ...spoken,
    type: to,
  } as Partial<Field>
}
