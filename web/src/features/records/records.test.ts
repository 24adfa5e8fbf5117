/** Rows, conflicts, drafts and import plans as data 数据的纯逻辑. */
import { beforeEach, expect, test } from 'vitest'
import { ApiProblem } from '@/api/problem'
import { conflictsIn, settled } from '@/ui/record/conflict-dialog'
import { dropDraft, keepDraft, readDraft } from './draft'
import { missingTargets, planOf, type Uploaded, withColumn, withReplacement } from './import/plan'
import { merged, type RecordOut } from './use-records'

const record = (id: string, name: string) => ({ id, values: { name } }) as unknown as RecordOut
const pages = () => ({
  pages: [{ records: [record('a', '1'), record('b', '2')], next: '', total: 2, exact: true, titles: {} }],
  pageParams: [''],
})

test('a changed record takes its place, a new one stands on top, a gone one goes', () => {
  const after = merged(pages(), ['a', 'b', 'c'], [record('b', 'two'), record('c', '3')], {})
  expect(after.pages[0]?.records.map(({ id, values }) => [id, values.name])).toEqual([
    ['c', '3'],
    ['b', 'two'],
  ])
  expect(after.pages[0]?.total).toBe(2)
})

const conflict = { field: 'phone', before: '1', theirs: '2', yours: '3' }

test('conflicts are found in the refusal that names them', () => {
  const refusal = new ApiProblem(409, { code: 'edit_conflict', extra: { conflicts: [conflict] } })
  expect(conflictsIn(refusal)).toEqual([conflict])
  expect(conflictsIn(new ApiProblem(409, { code: 'other' }))).toEqual([])
})

test('mine is said against what is there now, theirs is left alone', () => {
  const edit = { values: { phone: '3', name: 'n' }, before: { phone: '1', name: 'o' } }
  expect(settled(edit, [conflict], new Set(['phone']))).toEqual({
    values: { phone: '3', name: 'n' },
    before: { phone: '2', name: 'o' },
  })
  expect(settled(edit, [conflict], new Set())).toEqual({ values: { name: 'n' }, before: { name: 'o' } })
})

beforeEach(() => localStorage.clear())

test('a draft is kept for its record and person until it is dropped', () => {
  keepDraft('crm', 'customer', 'r1', 'ann', { values: { name: '华' }, before: { name: null } })
  expect(readDraft('crm', 'customer', 'r1', 'ann')?.values).toEqual({ name: '华' })
  expect(readDraft('crm', 'customer', 'r1', 'bo')).toBeNull()
  dropDraft('crm', 'customer', 'r1', 'ann')
  expect(readDraft('crm', 'customer', 'r1', 'ann')).toBeNull()
})

test('a broken draft is no draft', () => {
  localStorage.setItem('qiaoban.draft.ann.crm.customer.r1', '{')
  expect(readDraft('crm', 'customer', 'r1', 'ann')).toBeNull()
})

const file = {
  id: 'i',
  sheet: 'S',
  header_row: 0,
  columns: [
    { index: 0, heading: '名称', samples: [], guess: 'name' },
    { index: 1, heading: '名字', samples: [], guess: 'name' },
    { index: 2, heading: '?', samples: [], guess: '' },
  ],
} as unknown as Uploaded

test('two columns that seem to be one field: the first gets it', () => {
  expect(planOf(file).columns).toEqual({ '0': 'name' })
})

test('a field takes one column only', () => {
  expect(withColumn(planOf(file), 1, 'name').columns).toEqual({ '1': 'name' })
  expect(withColumn(planOf(file), 0, '').columns).toEqual({})
})

test('a replacement is made and taken back', () => {
  const once = withReplacement(planOf(file), 'product', 'GTXPro', 'GTX Pro')
  expect(once.replace).toEqual({ product: { GTXPro: 'GTX Pro' } })
  expect(withReplacement(once, 'product', 'GTXPro', undefined).replace).toEqual({ product: {} })
})

test('required fields without a column are told', () => {
  const targets = [
    { value: 'name', label: '名称', required: true },
    { value: 'owner', label: '负责人', required: true },
  ]
  expect(missingTargets(planOf(file), targets).map(({ value }) => value)).toEqual(['owner'])
})
