import { produce } from 'immer'
import { expect, test } from 'vitest'
import { fitted, type Piece, piecesOf } from './clipboard'
import type { Form } from './definition'
import { blocksOf, insertField, moveFields, pathsOf, removeSection, spotAfter, stepFields } from './layout'
import { removeFields, renameField } from './rewrite'
import { free, isProposed, proposeId, slugOf } from './slugs'

const field = (id: string, more: object = {}) => ({ id, type: 'text', label: id, ...more })

const form: Form = {
  id: 'customer',
  name: '客户',
  title: 'name',
  fields: [
    field('name'),
    field('level'),
    field('city'),
    field('zip'),
    field('lines', { type: 'subform', fields: [field('price'), field('total', { formula: 'price * 2' })] }),
  ],
  sections: [{ id: 'address', label: '地址', fields: ['city', 'zip'] }],
  rules: [{ id: 'rule_1', when: 'level = "level" and zip <> ""', show: ['city', 'level'] }],
  columns: ['name', 'level'],
}

const end = { section: '', before: null }

const order = (changed: Form) => blocksOf(changed).map(({ fields }) => fields.map(({ id }) => id).join(' '))

test('fields without a section come first', () => {
  expect(order(form)).toEqual(['name level lines', 'city zip'])
})

test('a dragged field stands before the one it was dropped on', () => {
  const after = produce(form, (draft) => moveFields(draft, ['lines'], { section: '', before: 'name' }))
  expect(order(after)).toEqual(['lines name level', 'city zip'])
})

test('fields move together into a section and keep their order', () => {
  const after = produce(form, (draft) => moveFields(draft, ['level', 'name'], { section: 'address', before: 'zip' }))
  expect(order(after)).toEqual(['lines', 'city name level zip'])
})

test('dropping a field on itself changes nothing', () => {
  expect(produce(form, (draft) => moveFields(draft, ['level'], { section: '', before: 'level' })).fields).toEqual(
    produce(form, (draft) => moveFields(draft, ['level'], { section: '', before: 'lines' })).fields,
  )
})

test('one step down at the end of a block leads into the next section', () => {
  const after = produce(form, (draft) => stepFields(draft, ['lines'], 1))
  expect(order(after)).toEqual(['name level', 'lines city zip'])
  expect(order(produce(after, (draft) => stepFields(draft, ['lines'], -1)))).toEqual(['name level lines', 'city zip'])
})

test('a column moves only within its rows', () => {
  const after = produce(form, (draft) => stepFields(draft, ['lines.total'], -1))
  expect(pathsOf(after, true).slice(2, 5)).toEqual(['lines', 'lines.total', 'lines.price'])
})

test('a new field goes right after the selected one', () => {
  const after = produce(form, (draft) => void insertField(draft, field('source'), spotAfter(draft, 'name')))
  expect(order(after)[0]).toBe('name source level lines')
})

test('removing a section keeps its fields', () => {
  expect(order(produce(form, (draft) => removeSection(draft, 'address')))).toEqual(['name level lines city zip'])
})

test('a copy has an id of its own', () => {
  const twice = fitted(form, piecesOf(form, ['name', 'name']), end)
  expect(twice.map(({ id }) => id)).toEqual(['name_2', 'name_3'])
})

test('formulas among the copies speak of the copies, and of the originals where those were left behind', () => {
  const total = field('total', { formula: 'price * amount + SUM(price) & "price" + lines.price' })
  const pieces: Piece[] = ['price', 'amount'].map((id) => ({ path: id, field: field(id) }))
  const there: Form = { id: 'f', name: 'f', fields: [field('price'), field('amount'), total] }
  expect(fitted(there, [...pieces, { path: 'total', field: total }], end).at(-1)).toMatchObject({
    id: 'total_2',
    formula: 'price_2 * amount_2 + SUM(price_2) & "price" + lines.price',
  })
  expect(fitted(there, [{ path: 'total', field: total }], end)).toMatchObject([{ ...total, id: 'total_2' }])
})

test('linkages, options and links of copies follow, and options travel', () => {
  const own = field('pick', {
    type: 'choice',
    options: [{ id: 'a', label: '甲', color: 'red', when: 'level = 1' }],
    linkage: { form: 'other', field: 'level', filter: { field: 'level', op: 'eq', value: '@this.level' } },
  })
  const pieces: Piece[] = [
    { path: 'level', field: field('level') },
    { path: 'pick', field: own },
  ]
  expect(fitted(form, pieces, end)[1]).toMatchObject({
    options: [{ id: 'a', label: '甲', color: 'red', when: 'level_2 = 1' }],
    linkage: { form: 'other', field: 'level', filter: { field: 'level', op: 'eq', value: '@this.level_2' } },
  })
})

test('rows are copied with their columns; a column named like a copied field means itself', () => {
  const pieces = piecesOf(form, ['lines'])
  const copy = fitted(form, [{ path: 'price', field: field('price') }, ...pieces], end)[1]
  expect(copy).toMatchObject({ id: 'lines_2', fields: [{ id: 'price' }, { id: 'total', formula: 'price * 2' }] })
})

test('columns are copied within their rows, out of them, and into others', () => {
  const pieces = piecesOf(form, ['lines.price', 'lines.total'])
  const inside = fitted(form, pieces, { section: '', rows: 'lines', before: null })
  expect(inside).toMatchObject([{ id: 'price_2' }, { id: 'total_2', formula: 'price_2 * 2' }])
  expect(fitted(form, pieces, end)).toMatchObject([{ id: 'price' }, { id: 'total', formula: 'price * 2' }])
  expect(fitted(form, piecesOf(form, ['lines']), { section: '', rows: 'lines', before: null })).toEqual([])
})

test('removing a field takes it out of every list', () => {
  const after = produce(form, (draft) => removeFields(draft, ['level', 'lines.price']))
  expect(after.columns).toEqual(['name'])
  expect(after.rules?.[0]?.show).toEqual(['city'])
  expect(pathsOf(after, true)).toEqual(['name', 'lines', 'lines.total', 'city', 'zip'])
})

test('a renamed field is followed by lists and formulas, not by texts', () => {
  const after = produce(form, (draft) => void renameField(draft, 'level', 'grade'))
  expect(after.rules?.[0]).toMatchObject({ when: 'grade = "level" and zip <> ""', show: ['city', 'grade'] })
  expect(after.columns).toEqual(['name', 'grade'])
})

test('an id comes from an ASCII label, else from the type and a number', () => {
  expect(proposeId('text', 'Order no.', [])).toBe('order_no')
  expect(proposeId('text', '客户来源', ['text_1'])).toBe('text_2')
  expect(slugOf('2nd try')).toBe('nd_try')
  expect(free('name', ['name', 'name_2'])).toBe('name_3')
  expect(isProposed({ id: 'text_2', type: 'text', label: '' })).toBe(true)
})

test('a renamed column is followed within its rows', () => {
  const after = produce(form, (draft) => void renameField(draft, 'lines.price', 'cost'))
  expect(after.fields?.at(-1)).toMatchObject({ fields: [{ id: 'cost' }, { id: 'total', formula: 'cost * 2' }] })
})
