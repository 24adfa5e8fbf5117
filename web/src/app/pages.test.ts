/** Every address that the router knows has its page 路由与页面. */

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { hasPage } from './pages'

test('every page that the router names exists', () => {
  const text = readFileSync(resolve(import.meta.dirname, 'router.tsx'), 'utf8')
  const named = [...text.matchAll(/(?:page\(|'\/[^']*', )'([a-z]+)', '([a-z-]+)'/g)].map(
    ([, feature = '', name = '']) => ({
      feature,
      name,
    }),
  )
  expect(named.length).toBeGreaterThan(8)
  expect(named.filter(({ feature, name }) => !hasPage(feature, name))).toEqual([])
})
