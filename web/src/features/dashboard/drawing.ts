/** What all pictures of a dashboard share 图表共用: names and series, colours, tooltips. */
import type { Json } from '@/fields/field'
import { chartOrder, type Hue, type Palette } from '@/theme/tokens'
import type { Row, WidgetData } from './answer'
import type { Look, Widget } from './definition'
import type { Unit } from './numbers'
import { filled, nextKey } from './timeline'

/** What a picture needs to know beside its numbers. */
export interface Drawing {
  widget: Widget
  data: WidgetData
  units: Unit[]
  palette: Palette
  /** The colour that the form gives a group, such as an option's. */
  hueOf: (key: Json) => Hue | undefined
  /** The word of a group without a value. */
  nothing: string
  /** Of the picture, in pixels. */
  width: number
  height: number
}

export interface Series {
  name: string
  unit: Unit
  values: (number | null)[]
  /** The row behind each value. */
  rows: (Row | undefined)[]
}

/** A decimal text as a number. */
export function numberOf(value: string | null | undefined): number | null {
  return value === null || value === undefined ? null : Number(value)
}

/** The word of a group; of one without a value, `nothing`. */
export function wordOf(row: Row, at: number, nothing: string): string {
  return row.labels[at] || nothing
}

/** The keys of rows with holes between them. */
function namesOf(rows: (Row | undefined)[], unit: string): string[] {
  const names: string[] = []
  for (const row of rows) names.push(row ? String(row.keys[0] ?? '') : nextKey(unit, names.at(-1) ?? ''))
  return names
}

/** Names along the axis, and the numbers over them: a series for each measure, or for each value of the second group. */
export function seriesOf({ widget, data, units, nothing }: Pick<Drawing, 'widget' | 'data' | 'units' | 'nothing'>): {
  names: string[]
  series: Series[]
} {
  const unit = widget.groups?.[0]?.unit
  if ((widget.groups?.length ?? 0) < 2) {
    const rows = unit ? filled(data.rows, unit) : data.rows
    const keys = unit ? namesOf(rows, unit) : []
    const series = data.measures.map((name, at) => {
      const adds = ['count', 'sum'].includes(widget.measures?.[at]?.operation ?? '')
      const values = rows.map((row) => (row ? numberOf(row.values[at]) : adds ? 0 : null))
      return { name, unit: units[at] ?? 'plain', values, rows }
    })
    return { names: rows.map((row, at) => (row ? wordOf(row, 0, nothing) : (keys[at] ?? ''))), series }
  }
  const names = [...new Set(data.rows.map((row) => wordOf(row, 0, nothing)))]
  const kinds = [...new Set(data.rows.map((row) => wordOf(row, 1, nothing)))]
  const find = (name: string, kind: string) =>
    data.rows.find((row) => wordOf(row, 0, nothing) === name && wordOf(row, 1, nothing) === kind)
  const series = kinds.map((kind) => {
    const rows = names.map((name) => find(name, kind))
    return { name: kind, unit: units[0] ?? 'plain', values: rows.map((row) => numberOf(row?.values[0])), rows }
  })
  return { names, series }
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

/** A line of a tooltip. */
export function line(colour: string, name: string, value: string): string {
  const dot = `<span style="display:inline-block;width:8px;height:8px;border-radius:8px;margin-right:6px;background:${colour}"></span>`
  return `<div style="display:flex;gap:16px;justify-content:space-between"><span>${dot}${escaped(name)}</span><b style="font-variant-numeric:tabular-nums">${escaped(value)}</b></div>`
}

/** A tooltip. */
export function tip(title: string, lines: string[]): string {
  return `<div style="min-width:120px"><div style="margin-bottom:4px">${escaped(title)}</div>${lines.join('')}</div>`
}

/** The hue of the series at a place. */
export function hueAt(palette: Palette, at: number): string {
  return palette.hues[chartOrder[at % chartOrder.length] as Hue].solid
}

/** The chosen hue, else the accent. */
export function mainColour(palette: Palette, look: Look | undefined): string {
  const hue = look?.hue as Hue | undefined
  return hue && palette.hues[hue] ? palette.hues[hue].solid : palette.accent
}

/** How every tooltip stands. */
export const tight = { confine: true, padding: [8, 12] }

/** What lies behind the bar that is pointed at: as quiet as a hovered row, and under the bars. */
export function shadow(palette: Palette) {
  return { type: 'shadow' as const, z: 0, shadowStyle: { color: palette.fill, opacity: 1 } }
}

/** The colours that the form gives, if they tell the groups apart. */
export function ownColours({ data, hueOf, palette }: Drawing): string[] | null {
  const hues = data.rows.map((row) => hueOf(row.keys[0] ?? null))
  const apart = new Set(hues).size === hues.length && hues.every((hue) => hue !== undefined)
  return apart ? hues.map((hue) => palette.hues[hue as Hue].solid) : null
}

/** Text inside of ECharts' rich labels, which its own marks must not break. */
export function plain(text: string): string {
  return text.replace(/[{}|]/g, (sign) => ({ '{': '｛', '}': '｝', '|': '｜' })[sign] ?? sign)
}
