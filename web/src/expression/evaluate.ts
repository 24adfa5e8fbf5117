/** Computes the value of a tree 求值: never throws, never runs host code, stops at its budget; the twin of evaluate.py. */

import { type Json, toJson } from './coerce'
import { isTimeless, Program, type Tree } from './program'
import { inside, own, type Values } from './run'
import type { Context, Failure, Scope } from './values'

export type { Tree, Values }

const compiled = new WeakMap<Tree, WeakMap<Scope, Program>>()

/** The tree compiled, once for each scope. */
function programOf(tree: Tree, scope: Scope): Program {
  const known = compiled.get(tree) ?? new WeakMap<Scope, Program>()
  compiled.set(tree, known)
  const found = known.get(scope) ?? new Program(tree, scope)
  known.set(scope, found)
  return found
}

/** The value of the tree over what a record holds, as a record would hold it, or a `Failure`. */
export function evaluate(tree: Tree, values: Values, scope: Scope, context: Context): Json | Failure {
  return toJson(programOf(tree, scope).value(values, context))
}

function* nodes(tree: Tree): Generator<Tree> {
  const waiting: Tree[] = [tree]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    yield node
    if (node[0] !== 'lit' && node[0] !== 'ref')
      waiting.push(...node.filter((child): child is Tree => Array.isArray(child)))
  }
}

/** Every path that a tree names. */
export function paths(tree: Tree): string[][] {
  return [...nodes(tree)].filter((node) => node[0] === 'ref').map((node) => node.slice(1).map(String))
}

/** The ids of the fields that a tree reads. */
export function dependencies(tree: Tree): Set<string> {
  return new Set(paths(tree).map(([head = '']) => head))
}

const TIMELESS = new Set(['number', 'text', 'boolean', 'list', 'rows'])

/** Whether the tree calls the function. */
export const isCalling = (tree: Tree, name: string): boolean =>
  [...nodes(tree)].some((node) => node[0] === 'call' && node[1] === name)

/** Whether its value follows from the record's own values alone: no clock, no zone, no one else's record. */
export function isSettled(tree: Tree, scope: Scope): boolean {
  for (const node of nodes(tree)) {
    if (node[0] === 'call' && !isTimeless(String(node[1]))) return false
    if (node[0] === 'ref' && !isOwn(node.slice(1).map(String), scope)) return false
  }
  return true
}

function isOwn(path: string[], scope: Scope): boolean {
  let here = scope
  for (const name of path) {
    const shape = own(here, name)
    if (!shape || !TIMELESS.has(shape.type)) return false
    here = shape.columns ? inside(shape) : {}
  }
  return true
}
