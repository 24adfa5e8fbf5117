/** Parts of a whole 饼图: a ring, with its words beside it. */
import type { EChartsCoreOption } from 'echarts/core'
import { type Drawing, hueAt, line, numberOf, ownColours, plain, tight, tip, wordOf } from './drawing'
import { exactOf, shortOf } from './numbers'

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
      `{name|${plain(name)}}${beside && roomy ? `{value|${numberOfName(name)}}` : ''}{share|${share(name)}}`,
    textStyle: {
      rich: {
        name: { ...cell, width: beside ? (roomy ? 92 : 72) : undefined, overflow: 'truncate', color: palette.text },
        value: { ...cell, width: 60, align: 'right', color: palette.text },
        share: { ...cell, width: 44, align: 'right', color: palette.textQuiet },
      },
    },
  }
}

/** The picture. */
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
