/** Every screen has its page of help in both languages 帮助齐全. */
import { expect, test } from 'vitest'
import { fieldTypes } from '@/fields/registry'
import { router } from '../router'
import en from './en'
import fieldsEn from './fields-en'
import fieldsZh from './fields-zh'
import { TOPICS, topicOf } from './topics'
import zh from './zh'

const inside = Object.keys(router.routesByPath).filter((path) => /^\/(app|settings)/.test(path))

test('every route inside the frame has a page of help of its own in both languages', () => {
  expect(inside.length).toBeGreaterThan(8)
  const bare = inside.filter((path) => topicOf(path) === 'start')
  expect(bare.map((path) => path.replace(/\/$/, ''))).toEqual(expect.not.arrayContaining(['/settings']))
  expect(new Set(bare.map((path) => path.replace(/\/$/, '')))).toEqual(new Set(['/app/$app', '/apps']))
  for (const path of inside) {
    const topic = topicOf(path)
    expect(zh[topic].parts.length, `zh ${path}`).toBeGreaterThan(0)
    expect(en[topic].parts.length, `en ${path}`).toBeGreaterThan(0)
  }
})

test('both languages say the same things about the same screens', () => {
  for (const topic of TOPICS) {
    expect(en[topic].parts.map(({ points }) => points?.length)).toEqual(
      zh[topic].parts.map(({ points }) => points?.length),
    )
    expect(en[topic].keys?.map(([chord]) => chord)).toEqual(zh[topic].keys?.map(([chord]) => chord))
  }
})

test('a record that is open over its list has its own page', () => {
  expect(topicOf('/app/crm/form/customer', { record: 'r1' })).toBe('record')
  expect(topicOf('/app/crm/form/customer')).toBe('list')
})

test.each(fieldTypes().map((type) => [type.name, type] as const))(
  'the field type %s has its help in both languages',
  (name, type) => {
    for (const helps of [fieldsZh, fieldsEn]) {
      expect(helps.types[name]?.length, name).toBeGreaterThan(0)
      expect(helps.groups[type.group]).toBeTruthy()
    }
    expect(fieldsEn.types[name]?.length).toBe(fieldsZh.types[name]?.length)
  },
)

test('no help is kept of a field type that is no more', () => {
  const known = fieldTypes().map(({ name }) => name)
  expect(Object.keys(fieldsZh.types).filter((name) => !known.includes(name))).toEqual([])
  expect(Object.keys(fieldsEn.types).filter((name) => !known.includes(name))).toEqual([])
})
