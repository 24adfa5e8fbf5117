/** An address as text and as parts 地址; the twin of builder/fields/address.py. */
import type { Json } from '@/fields/field'

export const LEVELS = ['province', 'city', 'district'] as const
export const PARTS = 4

export interface AddressSettings {
  level?: (typeof LEVELS)[number]
  detail?: boolean
}

/** Province, city, district and the rest; what is not there is "". */
export function partsOf(value: Json | undefined): string[] {
  const text = typeof value === 'string' ? value : ''
  const found = text.split('/')
  return [...found.slice(0, PARTS - 1), found.slice(PARTS - 1).join('/'), '', '', ''].slice(0, PARTS)
}

/** Parts as the text that is kept; null for none. */
export function joined(parts: string[]): string | null {
  return parts.join('/').replace(/\/+$/, '') || null
}

/** As on an envelope; a city that is a province is said once. */
export function spoken(value: Json | undefined): string {
  const [province = '', city = '', district = '', detail = ''] = partsOf(value)
  const regions = [province, city, district].filter((each, at, all) => each && all.indexOf(each) === at)
  const near = /^[\x20-\x7e]*$/.test(regions[0] ?? '') ? regions.join(', ') : regions.join('')
  return `${near} ${detail}`.trim()
}
