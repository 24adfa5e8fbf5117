/** The list in the address 列表状态. */
import { expect, test } from 'vitest'
import { t } from '@/i18n/i18n'
import { exportAddress } from './export'
import { askOf, nextSort, readSort, readState, writeSort } from './list-state'
import { isChanged, type Kept, type Look, NOTHING_KEPT, type SavedView, stateIn } from './views'

const definition = {
  id: 'opportunity',
  name: '商机',
  title: 'name',
  fields: [
    { id: 'name', type: 'text', label: '名称' },
    { id: 'amount', type: 'number', label: '金额' },
    { id: 'secret', type: 'text', label: '内部', hidden: true },
  ],
  views: [
    { id: 'all', name: '全部' },
    {
      id: 'big',
      name: '大单',
      filter: { field: 'amount', op: 'gt', value: '100' },
      sort: [{ field: 'amount', descending: true }],
      columns: ['amount'],
    },
  ],
  columns: ['name', 'amount', 'gone'],
}

const known = new Set(['name', 'amount', 'created_at'])

test('sorts are written and read back', () => {
  const sorts = [{ field: 'amount', descending: true }, { field: 'name' }]
  expect(writeSort(sorts)).toBe('-amount,name')
  expect(readSort('-amount,name', known)).toEqual(sorts)
})

test('fields that the form does not know fall out of the address', () => {
  expect(readSort('-gone,name', known)).toEqual([{ field: 'name' }])
  expect(readSort(7, known)).toBeNull()
  expect(readState({ cols: 'gone,amount,amount' }, definition, NOTHING_KEPT, t).columns).toEqual(['amount'])
})

test('columns come from the address, then the person, then the view, then the form', () => {
  const looks = (columns: string[] | null): Record<string, Look> => (columns ? { big: { columns, widths: {} } } : {})
  const columns = (search: object, kept: string[] | null) =>
    readState(search, definition, { ...NOTHING_KEPT, looks: looks(kept) }, t).columns
  expect(columns({ view: 'big', cols: 'name' }, ['amount', 'name'])).toEqual(['name'])
  expect(columns({ view: 'big' }, ['amount', 'name'])).toEqual(['amount', 'name'])
  expect(columns({ view: 'big' }, null)).toEqual(['amount'])
  expect(columns({}, null)).toEqual(['name', 'amount'])
})

test('the person asks beside the view, and the recycle bin has no views', () => {
  const mine = { field: 'name', op: 'contains', value: '华' }
  const asked = askOf(readState({ view: 'big', filter: mine }, definition, NOTHING_KEPT, t))
  expect(asked.filter).toEqual({ all: [definition.views[1]?.filter, mine] })
  expect(askOf(readState({ view: 'big', bin: true }, definition, NOTHING_KEPT, t)).filter).toBeNull()
})

test('nonsense in the address shows the plain list', () => {
  const wild = { view: 'nowhere', filter: 'drop', sort: '--', cols: ',', q: 7 } as never
  const state = readState(wild, definition, NOTHING_KEPT, t)
  expect(state).toMatchObject({ filter: null, search: '', columns: ['name', 'amount'] })
  expect(state.view?.id).toBe('all')
})

test('a column head sorts up, then down, then not', () => {
  const up = nextSort([], 'amount')
  const down = nextSort(up, 'amount')
  expect([up, down, nextSort(down, 'amount')]).toEqual([
    [{ field: 'amount' }],
    [{ field: 'amount', descending: true }],
    [],
  ])
})

test('the exported file asks what the list asks', () => {
  const ask = { filter: null, search: '华信', sort: [], deleted: false }
  const address = exportAddress({ app: 'crm', form: 'customer', format: 'csv', ask, columns: ['name'] })
  const query = new URL(address, 'http://here').searchParams
  expect(JSON.parse(query.get('ask') ?? '')).toEqual({ filter: null, search: '华信', sort: [] })
  expect(query.get('columns')).toBe('name')
})

const saved: SavedView = {
  ...{ id: 'v1', name: '我的', shared: false, mine: true, sound: true, base: 'big' },
  ...{ filter: { field: 'name', op: 'contains', value: '华' }, sort: [{ field: 'name' }] },
  ...{ columns: ['amount', 'name'], widths: { name: 300 } },
}
const kept: Kept = { views: [saved], start: 'v1', looks: {} }

test('a saved view brings conditions, order, columns and widths, beside the view it was saved from', () => {
  const state = readState({ view: 'v1' }, definition, kept, t)
  expect(state).toMatchObject({ id: 'v1', filter: saved.filter, sort: saved.sort, columns: saved.columns })
  expect(state.widths).toEqual({ name: 300 })
  expect(askOf(state).filter).toEqual({ all: [definition.views[1]?.filter, saved.filter] })
  expect(stateIn(state)).toMatchObject({ base: 'big', filter: saved.filter, columns: saved.columns })
})

test('a list begins with the view of choice, unless the address asks something by itself', () => {
  const id = (search: object) => readState(search, definition, kept, t).id
  expect([id({}), id({ view: 'all' }), id({ q: 'x' }), id({ filter: saved.filter })]).toEqual([
    'v1',
    'all',
    'all',
    'all',
  ])
})

test('a list says when it shows something else than its view keeps', () => {
  const plain = readState({ view: 'v1' }, definition, kept, t)
  const changed = (search: object, now: Kept = kept) =>
    isChanged(readState({ view: 'v1', ...search }, definition, now, t), plain)
  expect(changed({})).toBe(false)
  expect(changed({ sort: 'name', filter: saved.filter, cols: 'amount,name' })).toBe(false)
  expect(changed({ filter: { all: [] } })).toBe(true)
  expect(changed({ sort: '-name' })).toBe(true)
  expect(changed({ cols: 'name' })).toBe(true)
  expect(changed({}, { ...kept, looks: { v1: { columns: [], widths: { name: 90 } } } })).toBe(true)
})
