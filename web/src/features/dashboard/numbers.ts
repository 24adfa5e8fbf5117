/** Numbers of widgets as people read them 指标格式: short on the picture, exact in the tooltip. */
import type { Field } from '@/fields/field'
import { formatMoney, formatNumber, formatPercent, formatShort } from '@/lib/format'
import type { FormShape } from '@/ui/record/shape'
import type { Measure } from './definition'

export type Unit = 'money' | 'percent' | 'plain'

interface Styled {
  format?: Unit
}

/** The field at a path of at most one step through a reference. */
export function fieldAt(shape: FormShape | undefined, path: string): Field | undefined {
  const [first = '', second] = path.split('.')
  const own = shape?.definition.fields?.find((each) => each.id === first)
  if (second === undefined) return own
  const target = (own as (Field & { form?: string }) | undefined)?.form ?? ''
  return shape?.forms[target]?.fields?.find((each) => each.id === second)
}

/** What a measure counts in: a count in pieces, anything else in its field's unit. */
export function unitOf(measure: Measure | undefined, shape: FormShape | undefined): Unit {
  if (!measure || measure.operation === 'count' || !measure.field) return 'plain'
  return (fieldAt(shape, measure.field) as (Field & Styled) | undefined)?.format ?? 'plain'
}

/** ¥12.3万, 1.2K, 45.2%; a dash when there is nothing. */
export function shortOf(value: string | number | null | undefined, unit: Unit): string {
  if (value === null || value === undefined) return '—'
  if (unit === 'percent') return formatPercent(value)
  const text = formatShort(value)
  if (unit !== 'money') return text
  return text.startsWith('-') ? `-¥${text.slice(1)}` : `¥${text}`
}

/** Every digit: ¥123,456.00, 1,234. */
export function exactOf(value: string | number | null | undefined, unit: Unit): string {
  if (value === null || value === undefined) return '—'
  if (unit === 'percent') return formatPercent(value, 2)
  return unit === 'money' ? formatMoney(value) : formatNumber(value)
}
