/** One evaluation under way 一次求值: what it reads, and how much work it may still do; the twin of run.py. */

import { flat, fromJson } from './coerce'
import {
  type Context,
  Failure,
  Fault,
  isList,
  isRow,
  NUM,
  REF,
  type Result,
  type Scope,
  type Shape,
  type Value,
} from './values'

export type Values = Readonly<Record<string, unknown>>
export const BUDGET = 200_000
const ITEM = 5
/** How much dearer an item is raised to a power. */
export const POWER = 100

/** Ends the whole evaluation, not one call: it has worked enough. */
export class Overworked extends Fault {}

export const own = <Entry>(entries: Readonly<Record<string, Entry>>, key: string): Entry | undefined =>
  Object.hasOwn(entries, key) ? entries[key] : undefined

/** The values, the world and the budget of one evaluation. */
export class Run {
  private left = BUDGET

  constructor(
    readonly values: Values,
    readonly scope: Scope,
    readonly at: Context,
  ) {}

  spend(amount: number): void {
    this.left -= amount
    if (this.left < 0) throw new Overworked(NUM, 'too_much_work', { limit: BUDGET })
  }

  typed(raw: unknown, shape: Shape): Result {
    const heavy = weight(raw)
    if (heavy > 0) this.spend(heavy)
    return fromJson(raw, shape.type, this.at, shape.item)
  }

  /** What a path of names leads to: into rows, and behind references. */
  follow(path: readonly string[]): Result {
    const head = path[0] ?? ''
    const top = own(this.scope, head)
    if (!top) throw new Fault(REF, 'unknown_field', { name: path.join('.') })
    let shape: Shape = top
    let value = this.typed(own(this.values, head), top)
    for (let index = 1; index < path.length; index += 1) {
      const inner: Shape | undefined = own(inside(shape), path[index] ?? '')
      if (!inner) throw new Fault(REF, 'unknown_field', { name: path.slice(0, index + 1).join('.') })
      value = this.step(value, inner, path.slice(0, index + 1))
      shape = inner
    }
    return value
  }

  private step(value: Result, inner: Shape, path: readonly string[]): Result {
    if (value === null || value instanceof Failure) return value
    if (!isList(value)) return this.within(value, inner, path)
    this.spend(ITEM * value.length)
    const items = value.map((item) => this.within(item, inner, path))
    const failed = items.find((item) => item instanceof Failure)
    return failed ?? flat(items as Value[])
  }

  private within(value: Value, inner: Shape, path: readonly string[]): Result {
    const name = path.at(-1) ?? ''
    if (isRow(value)) return this.typed(own(value, name), inner)
    if (typeof value !== 'string' || !this.at.related) return null
    this.spend(10)
    const found = this.at.related(path.slice(0, -1), value)
    return found ? this.typed(own(found, name), inner) : null
  }
}

/** The names that may follow after a dot. */
export function inside(shape: Shape): Scope {
  if (shape.columns) return shape.columns
  return (typeof shape.target === 'function' ? shape.target() : shape.target) ?? {}
}

/** How much work a value is to go through. */
export function weight(value: unknown): number {
  if (Array.isArray(value)) return ITEM * value.length
  return typeof value === 'string' ? Math.floor(value.length / 100) : 0
}
