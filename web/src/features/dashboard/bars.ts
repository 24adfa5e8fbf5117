/** Bars under one another 漏斗与排行: name and number beside them; from the left, or around the middle as a funnel. */
import type { EChartsCoreOption } from 'echarts/core'
import { type Drawing, line, mainColour, numberOf, ownColours, shadow, tight, tip, wordOf } from './drawing'
import { exactOf, shortOf } from './numbers'

interface Bars {
  drawing: Drawing
  funnel: boolean
  names: string[]
  values: number[]
  colours: string[]
}

function barsOf(drawing: Drawing): Bars {
  const { widget, data, palette, nothing } = drawing
  const funnel = widget.shown_as === 'funnel'
  const own = funnel ? ownColours(drawing) : null
  const colour = mainColour(palette, widget.options)
  return {
    drawing,
    funnel,
    names: data.rows.map((row) => wordOf(row, 0, nothing)),
    values: data.rows.map((row) => numberOf(row.values[0]) ?? 0),
    colours: data.rows.map((_, at) => own?.[at] ?? colour),
  }
}

function barsTip({ drawing: { data, units }, names, colours }: Bars) {
  return (params: { dataIndex: number }[]) => {
    const at = params[0]?.dataIndex ?? 0
    const lines = data.measures.map((name, index) => {
      const value = exactOf(data.rows[at]?.values[index], units[index] ?? 'plain')
      return line(index === 0 ? (colours[at] ?? '') : 'transparent', name, value)
    })
    return tip(names[at] ?? '', lines)
  }
}

/** The numbers at the right: the first measure, and the second where there is room. */
function numbersBeside({ data, units, palette, width }: Drawing) {
  const note = (_: string, at: number) => {
    const row = data.rows[at]
    const more = (width < 300 ? [] : units.slice(1, 2)).map((unit) => `{more|${shortOf(row?.values[1], unit)}}`)
    return `{main|${shortOf(row?.values[0], units[0] ?? 'plain')}}${more.join('')}`
  }
  const cell = { align: 'right' as const, fontSize: 12 }
  const rich = {
    main: { ...cell, width: 62, color: palette.text, fontWeight: 600 },
    more: { ...cell, width: 34, color: palette.textQuiet },
  }
  return { formatter: note, rich, margin: 8 }
}

function marks({ drawing, funnel, values, colours }: Bars) {
  const most = Math.max(...values, 0)
  const shim = {
    type: 'bar',
    stack: 'bar',
    silent: true,
    data: values.map((value) => (most - value) / 2),
    itemStyle: { color: 'transparent' },
  }
  const bars = {
    type: 'bar',
    stack: 'bar',
    name: drawing.data.measures[0],
    barMaxWidth: funnel ? 36 : 18,
    barCategoryGap: funnel ? '14%' : '40%',
    barMinHeight: 2,
    data: values.map((value, at) => ({
      value,
      itemStyle: { color: colours[at], borderRadius: funnel ? 4 : [0, 4, 4, 0] },
    })),
  }
  return funnel ? [shim, bars] : [bars]
}

/** The picture. */
export function barsOption(drawing: Drawing): EChartsCoreOption {
  const { palette, width, height } = drawing
  const bars = barsOf(drawing)
  const { funnel, names, values } = bars
  const category = { type: 'category' as const, inverse: true, axisLine: { show: false }, data: names }
  const label = { color: palette.text, width: Math.min(120, width * 0.28), overflow: 'truncate', margin: 12 }
  const room = Math.min(height, names.length * (funnel ? 60 : 44))
  return {
    grid: { left: 0, right: 0, top: 0, height: room, containLabel: true },
    tooltip: { ...tight, trigger: 'axis', axisPointer: shadow(palette), formatter: barsTip(bars) },
    xAxis: { type: 'value', show: false, max: Math.max(...values, 0) || 1 },
    yAxis: [
      { ...category, axisLabel: label },
      { ...category, position: 'right', axisLabel: numbersBeside(drawing) },
    ],
    series: marks(bars),
  }
}
