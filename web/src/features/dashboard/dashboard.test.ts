/** Numbers, pictures and addresses of dashboards 仪表盘的纯函数测试. */
import { beforeEach, expect, test } from 'vitest'
import { setLanguage } from '@/i18n/i18n'
import { palettes } from '@/theme/tokens'
import type { WidgetData } from './answer'
import { axisOption } from './axis'
import { barsOption } from './bars'
import { rowBehind } from './charts'
import { inReadingOrder, stacked, type Widget } from './definition'
import { type Drawing, seriesOf } from './drawing'
import { filterBehind, searchBehind } from './leads'
import { exactOf, shortOf } from './numbers'
import { daysOf, readRange, spanOf, writeRange } from './period'
import { pieOption } from './pie'
import { filled, nextKey } from './timeline'

beforeEach(() => setLanguage('zh-CN'))

const widget: Widget = {
  id: 'one',
  title: 'One',
  shown_as: 'bar',
  form: 'opportunity',
  groups: [{ field: 'stage' }],
  measures: [{ operation: 'sum', field: 'amount' }, { operation: 'count' }],
}

const data: WidgetData = {
  rows: [
    { keys: ['new'], labels: ['新'], values: ['120000.5', '3'], filter: { field: 'stage', op: 'eq', value: 'new' } },
    { keys: [null], labels: [''], values: ['80000', '2'], filter: { field: 'stage', op: 'empty' } },
  ],
  records: [],
  titles: {},
  measures: ['金额', '数量'],
  figure: {},
  filter: { field: 'owner', op: 'eq', value: 'p1' },
  error: '',
}

const drawing: Drawing = {
  widget,
  data,
  units: ['money', 'plain'],
  palette: palettes.light,
  hueOf: () => undefined,
  nothing: '（空）',
  width: 600,
  height: 240,
}

test('money is short on the picture and exact in the tooltip, in both languages', () => {
  expect(shortOf('4128344', 'money')).toBe('¥413万')
  expect(shortOf('-4128344', 'money')).toBe('-¥413万')
  expect(exactOf('4128344.5', 'money')).toBe('¥4,128,344.50')
  setLanguage('en')
  expect(shortOf('4128344', 'money')).toBe('¥4.1M')
  expect(shortOf('24', 'plain')).toBe('24')
  expect(shortOf(null, 'money')).toBe('—')
})

test('presets are whole months, quarters and years around today', () => {
  expect(spanOf('month', '2026-02-10')).toEqual({ start: '2026-02-01', end: '2026-02-28' })
  expect(spanOf('quarter', '2026-11-23')).toEqual({ start: '2026-10-01', end: '2026-12-31' })
  expect(spanOf('year', '2026-11-23')).toEqual({ start: '2026-01-01', end: '2026-12-31' })
  expect(spanOf('last12', '2026-11-23')).toEqual({ start: '2025-12-01', end: '2026-11-30' })
  expect(spanOf('all', '2026-11-23')).toEqual({ start: null, end: null })
})

test('a range in the address is read without trust and written back the same', () => {
  expect(readRange('2026-01-05_2026-02-06').span).toEqual({ start: '2026-01-05', end: '2026-02-06' })
  expect(readRange('2026-03-05_2026-02-06').span).toEqual({ start: '2026-02-06', end: '2026-03-05' })
  expect(readRange('2026-02-31_x').preset).toBe('all')
  expect(readRange(7).preset).toBe('all')
  expect(writeRange({ start: null, end: '2026-02-06' })).toBe('_2026-02-06')
  expect(daysOf('_2026-02-06', '2026-11-23')).toEqual({ start: null, end: '2026-02-06' })
  expect(writeRange({ start: null, end: null })).toBeUndefined()
})

test('a measure that counts in another unit gets its own scale', () => {
  const option = axisOption(drawing) as { yAxis: unknown[]; series: { yAxisIndex: number; type: string }[] }
  expect(option.yAxis).toHaveLength(2)
  expect(option.series.map((each) => each.yAxisIndex)).toEqual([0, 1])
})

test('a second group becomes a series for each of its values', () => {
  const rows = [
    { keys: ['a', 'x'], labels: ['A', 'X'], values: ['1'] },
    { keys: ['a', 'y'], labels: ['A', 'Y'], values: ['2'] },
    { keys: ['b', 'y'], labels: ['B', 'Y'], values: ['3'] },
  ]
  const two = { ...drawing, widget: { ...widget, groups: [{ field: 'a' }, { field: 'b' }] }, data: { ...data, rows } }
  const { names, series } = seriesOf(two)
  expect(names).toEqual(['A', 'B'])
  expect(series.map((each) => [each.name, each.values])).toEqual([
    ['X', [1, null]],
    ['Y', [2, 3]],
  ])
  expect(rowBehind(two, 1, 1)).toBe(rows[2])
  expect(rowBehind(two, 0, 1)).toBeUndefined()
})

test('a funnel stands around the middle and keeps the order of its stages', () => {
  const option = barsOption({ ...drawing, widget: { ...widget, shown_as: 'funnel' } }) as {
    series: { data: unknown[] }[]
  }
  expect(option.series).toHaveLength(2)
  expect(option.series[0]?.data).toEqual([0, 20000.25])
})

test('a pie names what has no value', () => {
  const option = pieOption(drawing) as { series: { data: { name: string }[] }[] }
  expect(option.series[0]?.data.map((each) => each.name)).toEqual(['新', '（空）'])
})

test('a click leads to the records behind the row, filtered as the widget was', () => {
  expect(filterBehind(widget, data, data.rows[0])).toEqual({
    all: [data.filter, { field: 'stage', op: 'eq', value: 'new' }],
  })
  const figure = {
    ...widget,
    measures: [{ operation: 'count' as const, filter: { field: 'won', op: 'eq', value: true } }],
  }
  expect(filterBehind(figure, data)).toEqual({ all: [data.filter, { field: 'won', op: 'eq', value: true }] })
})

test('records are shown in a view that filters nothing away', () => {
  const views = [
    { id: 'sale', name: 'Sale', filter: { field: 'a', op: 'empty' } },
    { id: 'all', name: 'All' },
  ]
  const shape = { definition: { views } } as never
  expect(searchBehind(null, shape)).toEqual({ filter: undefined, view: 'all' })
})

test('widgets are read from the top, each row from the left', () => {
  const at = (id: string, x: number, y: number): Widget => ({ ...widget, id, x, y })
  expect(inReadingOrder([at('c', 0, 4), at('b', 12, 0), at('a', 0, 0)]).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
})

test('time has no holes: months, quarters, weeks and years follow one another', () => {
  expect(nextKey('month', '2026-12')).toBe('2027-01')
  expect(nextKey('quarter', '2026-Q4')).toBe('2027-Q1')
  expect(nextKey('week', '2026-W53')).toBe('2027-W01')
  expect(nextKey('day', '2026-02-28')).toBe('2026-03-01')
  const row = (key: string) => ({ keys: [key], labels: [key], values: ['1'] })
  expect(filled([row('2026-01'), row('2026-04')], 'month').map((each) => each?.keys[0])).toEqual([
    '2026-01',
    undefined,
    undefined,
    '2026-04',
  ])
  const monthly = { ...drawing, widget: { ...widget, groups: [{ field: 'at', unit: 'month' as const }] } }
  const { names, series } = seriesOf({ ...monthly, data: { ...data, rows: [row('2026-01'), row('2026-03')] } })
  expect(names).toEqual(['2026-01', '2026-02', '2026-03'])
  expect(series[0]?.values).toEqual([1, 0, 1])
})

test('widgets never overlap and leave no empty rows; the one just put down keeps its place', () => {
  const at = (id: string, x: number, y: number, w: number, h: number): Widget => ({ ...widget, id, x, y, w, h })
  const places = (widgets: Widget[]) => widgets.map(({ id, x, y }) => [id, x, y])
  expect(places(stacked([at('a', 0, 0, 12, 4), at('b', 0, 9, 12, 4)]))).toEqual([
    ['a', 0, 0],
    ['b', 0, 4],
  ])
  expect(places(stacked([at('a', 0, 0, 12, 4), at('b', 6, 0, 12, 4)], 'b'))).toEqual([
    ['a', 0, 4],
    ['b', 6, 0],
  ])
})
