/** Pictures of groups and measures as ECharts options 图表选项: pure, so that they can be tested without a canvas. */
import type { EChartsCoreOption } from 'echarts/core'
import type { Json } from '@/fields/field'
import type { Hue, Palette } from '@/theme/tokens'
import { chartOrder } from '@/theme/tokens'
import type { Row, WidgetData } from './answer'
import type { Look, Widget } from './definition'
import { exactOf, shortOf, type Unit } from './numbers'
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

function numberOf(value: string | null | undefined): number | null {
  return value === null || value === undefined ? null : Number(value)
}

function wordOf(row: Row, at: number, nothing: string): string {
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

function line(colour: string, name: string, value: string): string {
  const dot = `<span style="display:inline-block;width:8px;height:8px;border-radius:8px;margin-right:6px;background:${colour}"></span>`
  return `<div style="display:flex;gap:16px;justify-content:space-between"><span>${dot}${escaped(name)}</span><b style="font-variant-numeric:tabular-nums">${escaped(value)}</b></div>`
}

function tip(title: string, lines: string[]): string {
  return `<div style="min-width:120px"><div style="margin-bottom:4px">${escaped(title)}</div>${lines.join('')}</div>`
}

function hueAt(palette: Palette, at: number): string {
  return palette.hues[chartOrder[at % chartOrder.length] as Hue].solid
}

function mainColour(palette: Palette, look: Look | undefined): string {
  const hue = look?.hue as Hue | undefined
  return hue && palette.hues[hue] ? palette.hues[hue].solid : palette.accent
}

function shade(palette: Palette, look: Look | undefined, at: number): string {
  return at === 0 ? mainColour(palette, look) : hueAt(palette, at + 1)
}

const tight = { confine: true, padding: [8, 12] }

function axisTip(names: string[], series: Series[], colours: string[]) {
  return (params: { dataIndex: number }[]) => {
    const at = params[0]?.dataIndex ?? 0
    const lines = series.map((each, index) =>
      line(colours[index] ?? '', each.name, exactOf(each.values[at], each.unit)),
    )
    return tip(names[at] ?? '', lines)
  }
}

/** Bars and lines over one axis; a second scale when the second measure counts in something else. */
export function axisOption(drawing: Drawing): EChartsCoreOption {
  const { widget, palette, width } = drawing
  const look = widget.options
  const { names, series } = seriesOf(drawing)
  const lines = widget.shown_as === 'line'
  const lying = look?.lying === true && !lines
  const colours = series.map((_, at) => shade(palette, look, at))
  const second = series.findIndex((each) => each.unit !== series[0]?.unit)
  const scale = (unit: Unit, more: object) => ({
    type: 'value' as const,
    minInterval:
      unit === 'plain' && series.every((each) => each.values.every((v) => Number.isInteger(v ?? 0))) ? 1 : undefined,
    axisLabel: { formatter: (value: number) => shortOf(value, unit), hideOverlap: true },
    splitNumber: 4,
    ...more,
  })
  const values = [scale(series[0]?.unit ?? 'plain', {})]
  if (second > 0) values.push(scale(series[second]?.unit ?? 'plain', { splitLine: { show: false } }))
  const categories = {
    type: 'category' as const,
    data: names,
    inverse: lying,
    axisLabel: {
      hideOverlap: true,
      width: lying ? Math.min(140, width / 3) : undefined,
      overflow: 'truncate' as const,
    },
  }
  const side = second > 0 ? 1 : 0
  const stacked = look?.stacked === true && second < 0
  return {
    grid: { left: 4, right: 8, top: series.length > 1 ? 34 : 14, bottom: 4, containLabel: true },
    legend: series.length > 1 ? { type: 'scroll', top: 0, left: 0, right: 0 } : undefined,
    tooltip: {
      ...tight,
      trigger: 'axis',
      axisPointer: { type: lines ? 'line' : 'shadow' },
      formatter: axisTip(names, series, colours),
    },
    xAxis: lying ? values : categories,
    yAxis: lying ? categories : values,
    series: series.map((each, at) => {
      const apart = side === 1 && each.unit !== series[0]?.unit
      const plain = { name: each.name, data: each.values, itemStyle: { color: colours[at] } }
      const label = {
        show: look?.labels === true,
        position: lying ? ('right' as const) : ('top' as const),
        color: palette.textQuiet,
        formatter: ({ value }: { value: number }) => shortOf(value, each.unit),
      }
      const axis = lying ? { xAxisIndex: apart ? 1 : 0 } : { yAxisIndex: apart ? 1 : 0 }
      if (lines || (apart && !lying)) {
        const dashed = apart ? { type: 'dashed' as const, width: 1.5 } : { width: 2 }
        const area = look?.filled !== false && lines && at === 0 ? { opacity: 0.1 } : undefined
        return {
          ...plain,
          ...axis,
          type: 'line',
          label,
          lineStyle: dashed,
          areaStyle: area,
          showSymbol: names.length <= 31,
        }
      }
      return { ...plain, ...axis, type: 'bar', label, stack: stacked ? 'one' : undefined, emphasis: { focus: 'none' } }
    }),
  }
}

/** Where a pie and its words stand: side by side where there is room, else the words below. */
export function pieRoom(
  width: number,
  height: number,
): { beside: boolean; words: number; outer: number; x: number; y: number } {
  const words = width >= 420 ? 236 : 156
  const beside = width - words >= 110
  const across = beside ? width - words - 12 : width
  const down = beside ? height : height - 56
  const outer = Math.max(24, Math.min(across / 2, down / 2) - 6)
  return { beside, words, outer, x: beside ? across / 2 : width / 2, y: down / 2 }
}

/** The words beside a pie: name, number where there is room, share. */
function pieLegend(
  { width, palette, height }: Drawing,
  numberOfName: (name: string) => string,
  share: (name: string) => string,
) {
  const { beside, words } = pieRoom(width, height)
  const roomy = words > 200
  const place = beside ? { orient: 'vertical' as const, right: 0, top: 'middle' } : { bottom: 0, left: 'center' }
  const cell = { fontSize: 12, padding: [0, 0, 0, 4] }
  return {
    type: 'scroll',
    ...place,
    height: beside ? height : undefined,
    formatter: (name: string) =>
      `{name|${name}}${beside && roomy ? `{value|${numberOfName(name)}}` : ''}{share|${share(name)}}`,
    textStyle: {
      rich: {
        name: { ...cell, width: beside ? (roomy ? 92 : 72) : undefined, overflow: 'truncate', color: palette.text },
        value: { ...cell, width: 60, align: 'right', color: palette.text },
        share: { ...cell, width: 44, align: 'right', color: palette.textQuiet },
      },
    },
  }
}

/** The colours that the form gives, if they tell the groups apart. */
function ownColours({ data, hueOf, palette }: Drawing): string[] | null {
  const hues = data.rows.map((row) => hueOf(row.keys[0] ?? null))
  const apart = new Set(hues).size === hues.length && hues.every((hue) => hue !== undefined)
  return apart ? hues.map((hue) => palette.hues[hue as Hue].solid) : null
}

/** Parts of a whole: a ring, with its words beside it. */
export function pieOption(drawing: Drawing): EChartsCoreOption {
  const { data, palette, units, nothing, width, height, widget } = drawing
  const unit = units[0] ?? 'plain'
  const own = ownColours(drawing)
  const slices = data.rows.map((row, at) => ({
    name: wordOf(row, 0, nothing),
    value: numberOf(row.values[0]) ?? 0,
    itemStyle: { color: own?.[at] ?? hueAt(palette, at) },
  }))
  const whole = slices.reduce((sum, each) => sum + Math.max(0, each.value), 0)
  const held = new Map(slices.map((each, at) => [each.name, data.rows[at]?.values[0] ?? '0']))
  const share = (name: string) => (whole > 0 ? `${((Number(held.get(name) ?? 0) / whole) * 100).toFixed(1)}%` : '—')
  const { outer, x, y } = pieRoom(width, height)
  return {
    tooltip: {
      ...tight,
      trigger: 'item',
      formatter: ({ name, color }: { name: string; color: string }) =>
        tip(`${name} · ${share(name)}`, [line(color, data.measures[0] ?? '', exactOf(held.get(name), unit))]),
    },
    legend: pieLegend(drawing, (name) => shortOf(held.get(name), unit), share),
    series: [
      {
        type: 'pie',
        radius: [outer * 0.62, outer],
        center: [x, y],
        data: slices,
        label: { show: widget.options?.labels === true, position: 'inside', formatter: '{d}%', fontSize: 11 },
        itemStyle: { borderColor: palette.surface, borderWidth: 2 },
        emphasis: { scaleSize: 4 },
      },
    ],
  }
}

/** Bars that lie under one another with name and number beside them: from the left, or around the middle as a funnel. */
export function barsOption(drawing: Drawing): EChartsCoreOption {
  const { widget, data, units, palette, nothing, width, height } = drawing
  const funnel = widget.shown_as === 'funnel'
  const names = data.rows.map((row) => wordOf(row, 0, nothing))
  const values = data.rows.map((row) => numberOf(row.values[0]) ?? 0)
  const most = Math.max(...values, 0)
  const colour = mainColour(palette, widget.options)
  const own = funnel ? ownColours(drawing) : null
  const colours = data.rows.map((_, at) => own?.[at] ?? colour)
  const unit = units[0] ?? 'plain'
  const note = (at: number) => {
    const row = data.rows[at]
    const more = (width < 300 ? [] : units.slice(1, 2)).map((each, index) => shortOf(row?.values[index + 1], each))
    return `{main|${shortOf(row?.values[0], unit)}}${more.map((text) => `{more|${text}}`).join('')}`
  }
  const category = { type: 'category' as const, inverse: true, axisLine: { show: false }, data: names }
  const rich = {
    main: { width: 62, align: 'right' as const, color: palette.text, fontSize: 12, fontWeight: 600 },
    more: { width: 34, align: 'right' as const, color: palette.textQuiet, fontSize: 12 },
  }
  return {
    grid: {
      left: 0,
      right: 0,
      top: 0,
      height: Math.min(height, names.length * (funnel ? 60 : 44)),
      containLabel: true,
    },
    tooltip: {
      ...tight,
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      formatter: (params: { dataIndex: number }[]) => {
        const at = params[0]?.dataIndex ?? 0
        const lines = data.measures.map((name, index) =>
          line(
            index === 0 ? (colours[at] ?? '') : 'transparent',
            name,
            exactOf(data.rows[at]?.values[index], units[index] ?? 'plain'),
          ),
        )
        return tip(names[at] ?? '', lines)
      },
    },
    xAxis: { type: 'value', show: false, max: most || 1 },
    yAxis: [
      {
        ...category,
        axisLabel: { color: palette.text, width: Math.min(120, width * 0.28), overflow: 'truncate', margin: 12 },
      },
      {
        ...category,
        position: 'right',
        axisLabel: { formatter: (_: string, at: number) => note(at), rich, margin: 8 },
      },
    ],
    series: [
      ...(funnel
        ? [
            {
              type: 'bar',
              stack: 'bar',
              silent: true,
              data: values.map((value) => (most - value) / 2),
              itemStyle: { color: 'transparent' },
            },
          ]
        : []),
      {
        type: 'bar',
        stack: 'bar',
        name: data.measures[0],
        barMaxWidth: funnel ? 36 : 18,
        barCategoryGap: funnel ? '14%' : '40%',
        barMinHeight: 2,
        data: values.map((value, at) => ({
          value,
          itemStyle: { color: colours[at], borderRadius: funnel ? 4 : [0, 4, 4, 0] },
        })),
      },
    ],
  }
}

/** The picture of a widget. */
export function optionOf(drawing: Drawing): EChartsCoreOption {
  const kind = drawing.widget.shown_as
  if (kind === 'pie') return pieOption(drawing)
  return kind === 'funnel' || kind === 'ranking' ? barsOption(drawing) : axisOption(drawing)
}

/** The row behind a mark that was clicked. */
export function rowBehind(
  drawing: Pick<Drawing, 'widget' | 'data' | 'units' | 'nothing'>,
  series: number,
  at: number,
): Row | undefined {
  const plain = ['pie', 'funnel', 'ranking'].includes(drawing.widget.shown_as)
  if (plain) return drawing.data.rows[at]
  return seriesOf(drawing).series[series]?.rows[at]
}
