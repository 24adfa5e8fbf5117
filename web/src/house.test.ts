/** The rules of the front end's house 前端家规: who may import whom, and words in both languages. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { type Language, wordsFor } from '@/i18n/i18n'

const SRC = resolve(import.meta.dirname)

/** From the top of the staircase to its foot: a room may import rooms at its own height or below, as listed. */
const MAY_IMPORT: Record<string, string[]> = {
  app: ['app', 'features', 'fields', 'nodes', 'expression', 'api', 'record', 'ui', 'lib', 'i18n', 'theme'],
  features: ['record', 'fields', 'nodes', 'expression', 'api', 'ui', 'lib', 'i18n', 'theme'],
  // what several features need of records, forms and filters; it lies in ui/ beside the plain parts
  record: ['record', 'fields', 'expression', 'api', 'ui', 'lib', 'i18n', 'theme'],
  nodes: ['nodes', 'record', 'fields', 'expression', 'api', 'ui', 'lib', 'i18n', 'theme'],
  fields: ['fields', 'expression', 'api', 'ui', 'lib', 'i18n', 'theme'],
  expression: ['expression', 'lib'],
  ui: ['ui', 'api', 'lib', 'i18n', 'theme'],
  api: ['api', 'lib', 'i18n', 'ui'],
  lib: ['lib', 'i18n', 'theme'],
  i18n: ['i18n'],
  theme: ['theme'],
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesBelow(path) : [path]
  })
}

const sources = filesBelow(SRC).filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'))

function importsOf(path: string): string[] {
  const text = readFileSync(path, 'utf8')
  const found = text.matchAll(/(?:from|import)\s*\(?\s*'((?:@\/|\.)[^']+)'/g)
  return [...found].map(([, to]) => (to?.startsWith('@/') ? join(SRC, to.slice(2)) : resolve(dirname(path), to ?? '')))
}

function roomOf(path: string): { room: string; feature: string } {
  const [room = '', feature = ''] = relative(SRC, path).split('/')
  if (room === 'ui' && feature === 'record') return { room: 'record', feature: '' }
  return { room, feature: room === 'features' ? feature : '' }
}

test('imports go down the staircase and features do not know each other', () => {
  const wrong = sources.flatMap((path) => {
    const from = roomOf(path)
    return importsOf(path)
      .map((target) => ({ target, to: roomOf(target) }))
      .filter(({ to }) => from.room in MAY_IMPORT && to.room in MAY_IMPORT)
      .filter(({ to }) => {
        if (from.room === 'features' && to.room === 'features') return from.feature !== to.feature
        return !MAY_IMPORT[from.room]?.includes(to.room)
      })
      .map(({ target }) => `${relative(SRC, path)} → ${relative(SRC, target)}`)
  })
  expect(wrong).toEqual([])
})

test('every literal key of a text exists in both languages', () => {
  const missing = sources
    .filter((path) => !path.endsWith('.test.ts') && !path.endsWith('.test.tsx') && !path.includes('/i18n/'))
    .flatMap((path) => {
      const keys = readFileSync(path, 'utf8').matchAll(/\bt\(\s*'([a-z]\w*\.[\w.]+)'/g)
      return [...keys].flatMap(([, key]) =>
        (['zh-CN', 'en'] as Language[])
          .filter((each) => wordsFor(key ?? '', each) === undefined)
          .map((each) => `${each} ${key}`),
      )
    })
  expect(missing).toEqual([])
})

test('no file is longer than 400 lines', () => {
  const long = sources
    .map((path) => ({ path: relative(SRC, path), lines: readFileSync(path, 'utf8').split('\n').length }))
    .filter(({ lines }) => lines > 400)
  expect(long).toEqual([])
})
