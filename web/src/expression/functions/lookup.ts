/** Functions over what lies outside the record 记录之外的函数; the twin of lookup.py. */

import { fromJson, isBlank, toJson } from '../coerce'
import { strip } from '../dates'
import { type Context, Decimal, Fault, MODE, NA, type Result, VALUE, type Value } from '../values'
import type { Maybe, Works } from '../work'

const EARTH = 6_371_008.8
const POINT = /^(-?\d{1,3}(?:\.\d{1,12})?)\s*[,，]\s*(-?\d{1,3}(?:\.\d{1,12})?)(?:;(\d*)(?:;([\s\S]*))?)?$/
const PARTS = [
  ['province', '省'],
  ['city', '市'],
  ['district', '区'],
  ['detail', '详细地址'],
]

/** What only the server can say; #N/A as long as it has not. */
function told(at: Context, name: string, ...args: (Value | undefined)[]): Result {
  const found = at.facts?.(
    name,
    args.map((one) => toJson(one ?? null)),
  )
  if (!found) throw new Fault(NA, 'no_records_here')
  return fromJson(found.value, found.type, at)
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180

function point(value: Value): [number, number] {
  const found = typeof value === 'string' ? POINT.exec(strip(value)) : null
  const [latitude, longitude] = [Number(found?.[1]), Number(found?.[2])]
  if (!found || Math.abs(latitude) > 90 || Math.abs(longitude) > 180) {
    throw new Fault(VALUE, 'not_a_place', { found: String(value).slice(0, 40) })
  }
  return [latitude, longitude]
}

function distance(_: Context, one: Value, other: Value): Decimal | null {
  if (isBlank(one) || isBlank(other)) return null
  const [lat1, long1, lat2, long2] = [...point(one), ...point(other)].map(radians) as [number, number, number, number]
  const half = Math.sin((lat2 - lat1) / 2) ** 2 + Math.cos(lat1) * Math.cos(lat2) * Math.sin((long2 - long1) / 2) ** 2
  return new Decimal(2 * EARTH * Math.asin(Math.min(1, Math.sqrt(half)))).toDecimalPlaces(1, MODE.halfUp)
}

function textlocation(_: Context, place: string, part?: Maybe<string>): string {
  const found = POINT.exec(place)
  if (found) return found[4] || (place.split(';')[0] ?? '')
  const pieces = place.split('/')
  const parts = [...pieces.slice(0, 3), pieces.slice(3).join('/'), '', '', ''].slice(0, 4)
  if (!part) return parts.filter((name, index) => !parts.slice(0, index).includes(name)).join('')
  const wanted = PARTS.findIndex((names) => names.includes(part))
  if (wanted < 0) throw new Fault(VALUE, 'no_such_part', { part: [...part].slice(0, 20).join('') })
  return parts[wanted] ?? ''
}

export const works: Works = {
  MAPX: (at: Context, how: string, value: Value, form: string, match: string, result?: Maybe<string>) =>
    told(at, 'MAPX', how, value, form, match, result),
  RECNO: (at: Context) => told(at, 'RECNO'),
  IP: (at: Context) => told(at, 'IP'),
  DISTANCE: distance,
  TEXTLOCATION: textlocation,
  TEXTPHONE: (_: Context, phone: string) => phone,
}
