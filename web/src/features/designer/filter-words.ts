/** A filter with placeholders in words 条件文字: what the builder, which edits constants, cannot show. */
import type { Field, Json } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import type { T } from '@/i18n/i18n'
import { type Filter, isGroup } from '@/ui/record/filter'

const SYSTEM: Record<string, string> = {
  created_by: 'record.createdBy',
  updated_by: 'record.updatedBy',
  created_at: 'record.createdAt',
  updated_at: 'record.updatedAt',
  status: 'record.status',
}

function operand(value: Json | undefined, field: Field | undefined, t: T): string {
  if (Array.isArray(value)) return value.map((each) => operand(each, field, t)).join(t('design.comma'))
  if (typeof value === 'string' && value.startsWith('@')) return t(`designer.placeholders.${value.slice(1)}`)
  const read = field === undefined ? undefined : typeNamed(field.type)?.read
  if (field !== undefined && read !== undefined && value !== undefined) return read(field, value, () => '…')
  return value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** One line per condition; groups are joined by and / or. */
export function filterInWords(filter: Filter, fields: Field[], t: T): string {
  if (isGroup(filter)) {
    const parts = 'all' in filter ? filter.all : filter.any
    const spoken = parts.map((part) =>
      isGroup(part) ? `(${filterInWords(part, fields, t)})` : filterInWords(part, fields, t),
    )
    return spoken.join('all' in filter ? t('designer.andWord') : t('designer.orWord'))
  }
  const field = fields.find(({ id }) => id === filter.field)
  const name = field?.label ?? (filter.field in SYSTEM ? t(SYSTEM[filter.field] as string) : filter.field)
  return `${name} ${t(`record.op_${filter.op}`)} ${operand(filter.value, field, t)}`.trim()
}
