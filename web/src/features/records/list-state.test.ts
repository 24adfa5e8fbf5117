/** The list in the address 列表状态. */
import { expect, test } from 'vitest'
import { t } from '@/i18n/i18n'
import { exportAddress } from './export'
import { askOf, nextSort, readSort, readState, writeSort } from './list-state'

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
  expect(readState({ cols: 'gone,amount,amount' }, definition, null, t).columns).toEqual(['amount'])
})

test('columns come from the address, then the person, then the view, then the form', () => {
  const columns = (search: object, kept: string[] | null) => readState(search, definition, kept, t).columns
  expect(columns({ view: 'big', cols: 'name' }, ['amount', 'name'])).toEqual(['name'])
  expect(columns({ view: 'big' }, ['amount', 'name'])).toEqual(['amount', 'name'])
  expect(columns({ view: 'big' }, null)).toEqual(['amount'])
  expect(columns({}, null)).toEqual(['name', 'amount'])
})

test('the person asks beside the view, and the recycle bin has no views', () => {
  const mine = { field: 'name', op: 'contains', value: '华' }
  const asked = askOf(readState({ view: 'big', filter: mine }, definition, null, t))
  expect(asked.filter).toEqual({ all: [definition.views[1]?.filter, mine] })
  expect(askOf(readState({ view: 'big', bin: true }, definition, null, t)).filter).toBeNull()
})

test('nonsense in the address shows the plain list', () => {
  const wild = { view: 'nowhere', filter: 'drop', sort: '--', cols: ',', q: 7 } as never
  const state = readState(wild, definition, null, t)
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
