/** Values that the address brings along 网址预填: `?name=华信&level=a`. */
import type { Field, Json, Values } from '@/fields/field'
import { typeNamed } from '@/fields/registry'

/** Of the search parameters, those that name an offered field; lists are cut at commas. */
export function prefilled(fields: Field[], search: Record<string, unknown>): Values {
  const found = fields.flatMap((field): [string, Json][] => {
    const said = search[field.id]
    if (said === undefined || said === null || said === '' || typeof said === 'object') return []
    const kind = typeNamed(field.type)?.kind
    if (kind === 'rows') return []
    if (kind === 'boolean') return [[field.id, said === true || said === 'true' || said === 1 || said === '1']]
    return [[field.id, kind === 'list' ? String(said).split(',') : String(said)]]
  })
  return Object.fromEntries(found)
}
