/** The browser answers every shared case as the server does: same trees, same values, same outcome. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dependencies, evaluate } from './evaluate'
import { reasonOf } from './reasons'
import { type Context, Failure, type Row, type Scope, type Shape } from './values'

type RawShape = string | { type: string; item?: string; columns?: RawScope; target?: RawScope }
interface RawScope {
  [name: string]: RawShape
}
interface Case {
  source: string
  text: string
  tree: unknown[]
  values?: Record<string, unknown>
  types?: RawScope
  now?: string
  timezone?: string
  me?: Context['me']
  calendar?: Context['calendar']
  chance?: string
  related?: Record<string, Record<string, Row>>
  names?: Record<string, Record<string, string>>
  outcome: unknown
}

const read = (path: string) => JSON.parse(readFileSync(path, 'utf-8'))
const cases: Case[] = read(resolve(__dirname, '../../../tests/cases/expression/trees.json'))

function shapeOf(raw: RawShape): Shape {
  if (typeof raw === 'string') return { type: raw }
  return {
    type: raw.type,
    item: raw.item ?? 'any',
    ...(raw.columns && { columns: scopeOf(raw.columns) }),
    ...(raw.target && { target: scopeOf(raw.target) }),
  }
}

const scopeOf = (raw: RawScope): Scope =>
  Object.fromEntries(Object.entries(raw).map(([name, shape]) => [name, shapeOf(shape)]))

function contextOf(one: Partial<Case>): Context {
  const { related, chance, names, calendar } = one
  return {
    now: Date.parse(one.now ?? '2026-11-23T02:00:00Z'),
    timezone: one.timezone ?? 'Asia/Shanghai',
    me: one.me ?? null,
    ...(related && { related: (path: readonly string[], id: string) => related[path.join('.')]?.[id] }),
    ...(chance && { chance: () => chance }),
    ...(calendar && { calendar }),
    ...(names && { names: (kind: string, id: string) => names[kind]?.[id] }),
  }
}

function outcomeOf(one: Partial<Case>): unknown {
  const got = evaluate(one.tree ?? [], one.values ?? {}, scopeOf(one.types ?? {}), contextOf(one))
  return got instanceof Failure ? { error: got.code, reason: got.reason } : got
}

describe('the browser answers as the server does', () => {
  const sources = [...new Set(cases.map((one) => one.source))]
  it.each(sources)('%s', (source) => {
    const asked = cases.filter((one) => one.source === source)
    expect(asked.map((one) => [one.text, outcomeOf(one)])).toEqual(asked.map((one) => [one.text, one.outcome]))
  })
})

it('knows which fields a tree reads', () => {
  const tree = ['op', '+', ['ref', 'a', 'b'], ['call', 'SUM', ['ref', 'c'], ['lit', 'd']]]
  expect([...dependencies(tree)].sort()).toEqual(['a', 'c'])
})

it('gives the reason of a failure in both languages', () => {
  const failure = evaluate(['op', '/', ['num', '1'], ['num', '0']], {}, {}, contextOf({})) as Failure
  expect([reasonOf(failure, 'zh-CN'), reasonOf(failure, 'en')]).toEqual(['除数为零。', 'This divides by zero.'])
})

it('answers a broken tree with a failure and never throws', () => {
  for (const tree of [[], ['op'], ['call'], ['ref'], ['num', 'x'], ['neg'], ['lit', {}], ['op', '+', null, null]]) {
    expect(evaluate(tree, {}, {}, contextOf({}))).toBeInstanceOf(Failure)
  }
})

const question = process.env.EXPRESSION_QUESTION
it.runIf(question && existsSync(question))('answers the question in a file', () => {
  const asked = read(question ?? '') as { now: string; timezone: string; cases: Case[] }
  const answers = asked.cases.map((one) => outcomeOf({ ...one, now: asked.now, timezone: asked.timezone }))
  writeFileSync(process.env.EXPRESSION_ANSWER ?? '', JSON.stringify(answers))
})
