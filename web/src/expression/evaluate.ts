/** Computes the value of a tree 求值: never throws, never runs host code, stops at its budget; the twin of evaluate.py. */

import { flat, fromJson, type Json, toBoolean, toDay, toJson, toMoment, toNumber, toText } from './coerce'
import { works as conditional } from './functions/conditional'
import { works as convert } from './functions/convert'
import { works as date } from './functions/date'
import { works as logic } from './functions/logic'
import { works as number } from './functions/number'
import { works as statistics } from './functions/statistics'
import { works as text } from './functions/text'
import { works as workdays } from './functions/workdays'
import { apply, negate, percent } from './operators'
import signatures from './signatures.json'
import {
  type Context,
  decimal,
  Failure,
  Fault,
  isList,
  isRow,
  NAME,
  NUM,
  REF,
  type Result,
  type Scope,
  type Shape,
  VALUE,
  type Value,
} from './values'
import type { Works } from './work'

export type Tree = readonly unknown[]
export type Values = Readonly<Record<string, unknown>>

export const BUDGET = 200_000
const LARGEST_RESULT = 1_000_000
const MAX_LEVELS = 250

interface Parameter {
  readonly type: string
  readonly optional?: boolean
  readonly repeats?: boolean
}
interface Signature {
  readonly write: string
  readonly parameters: readonly Parameter[]
  readonly lazy?: boolean
  readonly catches?: boolean
}

const WORKS: Works = {
  ...logic,
  ...text,
  ...number,
  ...statistics,
  ...conditional,
  ...date,
  ...workdays,
  ...convert,
}
const SIGNATURES = signatures as Readonly<Record<string, Signature>>

/** The value of the tree over what a record holds, as a record would hold it, or a `Failure`. */
export function evaluate(tree: Tree, values: Values, scope: Scope, context: Context): Json | Failure {
  return toJson(new Run(values, scope, context).whole(tree))
}

/** The ids of the fields that a tree reads. */
export function dependencies(tree: Tree): Set<string> {
  const found = new Set<string>()
  const waiting: Tree[] = [tree]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node[0] === 'ref') found.add(String(node[1]))
    else if (node[0] !== 'lit') waiting.push(...node.filter((child): child is Tree => Array.isArray(child)))
  }
  return found
}

const own = <Entry>(entries: Readonly<Record<string, Entry>>, key: string): Entry | undefined =>
  Object.hasOwn(entries, key) ? entries[key] : undefined

class Run {
  private left = BUDGET
  private level = 0

  constructor(
    private readonly values: Values,
    private readonly scope: Scope,
    private readonly at: Context,
  ) {}

  whole(tree: Tree): Result {
    try {
      const value = this.value(tree)
      if (value instanceof Failure || size(value) <= LARGEST_RESULT) return value
      return new Failure(VALUE, 'result_too_large', { limit: LARGEST_RESULT })
    } catch (error) {
      return error instanceof Fault ? error.failure : new Failure(VALUE, 'broken_expression')
    }
  }

  private spend(amount = 1): void {
    this.left -= amount
    if (this.left < 0) throw new Fault(NUM, 'too_much_work', { limit: BUDGET })
  }

  private readonly value = (tree: Tree): Result => {
    this.spend()
    this.level += 1
    if (this.level > MAX_LEVELS) throw new Fault(VALUE, 'broken_expression')
    try {
      return this.inner(tree)
    } catch (error) {
      if (!(error instanceof Fault) || error.failure.reason === 'too_much_work') throw error
      return error.failure
    } finally {
      this.level -= 1
    }
  }

  private inner(tree: Tree): Result {
    const [kind, first, ...rest] = tree
    if (kind === 'num' && typeof first === 'string') return decimal(first)
    if (kind === 'lit' && (first === null || typeof first === 'string' || typeof first === 'boolean')) return first
    if (kind === 'ref') return this.reference(tree.slice(1).map(String))
    if (kind === 'op') return this.chain(tree)
    if (kind === 'neg' || kind === 'pct') {
      const operand = this.value(first as Tree)
      if (operand instanceof Failure) return operand
      return kind === 'neg' ? negate(operand) : percent(operand)
    }
    if (kind === 'call') return this.call(String(first), rest as Tree[])
    throw new Fault(VALUE, 'broken_expression')
  }

  private chain(tree: Tree): Result {
    const waiting: Tree[] = []
    let node = tree
    for (; node[0] === 'op'; node = node[2] as Tree) waiting.push(node)
    let left = this.value(node)
    for (const one of waiting.reverse()) {
      const right = this.value(one[3] as Tree)
      if (left instanceof Failure) continue
      if (right instanceof Failure) {
        left = right
        continue
      }
      this.spend(Math.max(weight(left), weight(right)))
      left = this.operate(String(one[1]), left, right)
    }
    return left
  }

  private operate(sign: string, left: Value, right: Value): Result {
    try {
      return apply(sign, left, right, this.at)
    } catch (error) {
      if (error instanceof Fault) return error.failure
      throw error
    }
  }

  private call(name: string, args: Tree[]): Result {
    const work = own(WORKS, name)
    const signature = own(SIGNATURES, name)
    if (!work || !signature) throw new Fault(NAME, 'unknown_function', { name })
    if (!fits(signature, args.length)) throw new Fault(VALUE, 'wrong_count', { name, signature: signature.write })
    const call = work as (at: Context, ...ready: unknown[]) => Result
    if (signature.lazy) return call(this.at, ...args.map((tree) => () => this.value(tree)))
    const ready: unknown[] = []
    for (const [index, tree] of args.entries()) {
      const value = this.value(tree)
      if (value instanceof Failure && !signature.catches) return value
      this.spend(weight(value))
      const parameter = parameterAt(signature, index)
      const fitted = value instanceof Failure ? value : this.fitted(value, parameter)
      if (fitted === null && !parameter.optional && (parameter.type === 'date' || parameter.type === 'moment'))
        return null
      ready.push(fitted)
    }
    return call(this.at, ...ready)
  }

  private fitted(value: Value, parameter: Parameter): unknown {
    if (parameter.optional && value === null && parameter.type !== 'any' && parameter.type !== 'list') return null
    const blank = value === null || value === ''
    switch (parameter.type) {
      case 'number':
        return toNumber(value)
      case 'text':
        return toText(value, this.at)
      case 'boolean':
        return toBoolean(value)
      case 'date':
        return blank ? null : toDay(value, this.at)
      case 'moment':
        return blank ? null : toMoment(value, this.at)
      case 'list':
        return flat([value])
      default:
        return value
    }
  }

  private reference(path: string[]): Result {
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

  private typed(raw: unknown, shape: Shape): Result {
    this.spend(weight(raw))
    return fromJson(raw, shape.type, this.at, shape.item)
  }

  private step(value: Result, inner: Shape, path: string[]): Result {
    if (value === null || value instanceof Failure) return value
    if (!isList(value)) return this.within(value, inner, path)
    this.spend(value.length)
    const items = value.map((item) => this.within(item, inner, path))
    const failed = items.find((item) => item instanceof Failure)
    return failed ?? flat(items as Value[])
  }

  private within(value: Value, inner: Shape, path: string[]): Result {
    const name = path.at(-1) ?? ''
    if (isRow(value)) return this.typed(own(value, name), inner)
    if (typeof value !== 'string' || !this.at.related) return null
    this.spend(10)
    const found = this.at.related(path.slice(0, -1), value)
    return found ? this.typed(own(found, name), inner) : null
  }
}

function inside(shape: Shape): Scope {
  if (shape.columns) return shape.columns
  return (typeof shape.target === 'function' ? shape.target() : shape.target) ?? {}
}

function fits(signature: Signature, count: number): boolean {
  const { parameters } = signature
  if (count < parameters.filter((one) => !one.optional).length) return false
  return count <= parameters.length || parameters.some((one) => one.repeats)
}

function parameterAt(signature: Signature, index: number): Parameter {
  const { parameters } = signature
  const again = parameters.filter((one) => one.repeats)
  return parameters[index] ?? again[(index - parameters.length) % again.length] ?? { type: 'any' }
}

function weight(value: unknown): number {
  if (Array.isArray(value)) return value.length
  return typeof value === 'string' ? Math.floor(value.length / 1000) : 0
}

function size(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (Array.isArray(value)) return value.reduce<number>((total, one) => total + size(one), value.length)
  return isRow(value as Value) ? Object.values(value as object).reduce<number>((total, one) => total + size(one), 0) : 8
}
