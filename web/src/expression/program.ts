/** A tree made ready to run 编译: one closure for each node, made once, called for every record; the twin of program.py. */

import { flat, toBoolean, toDay, toMoment, toNumber, toText } from './coerce'
import { works as conditional } from './functions/conditional'
import { works as convert } from './functions/convert'
import { works as date } from './functions/date'
import { works as logic } from './functions/logic'
import { works as lookup } from './functions/lookup'
import { works as number } from './functions/number'
import { works as statistics } from './functions/statistics'
import { works as text } from './functions/text'
import { works as workdays } from './functions/workdays'
import { apply, negate, percent } from './operators'
import { Overworked, own, POWER, Run, type Values, weight } from './run'
import signatures from './signatures.json'
import {
  type Context,
  decimal,
  Failure,
  Fault,
  isRow,
  NAME,
  REF,
  type Result,
  type Scope,
  type Shape,
  VALUE,
  type Value,
} from './values'
import type { Works } from './work'

export type Tree = readonly unknown[]
const LARGEST_RESULT = 1_000_000
const MAX_LEVELS = 250
type Step = (run: Run) => Result

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
  readonly timeless?: boolean
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
  ...lookup,
}
const SIGNATURES = signatures as Readonly<Record<string, Signature>>

/** Whether a function answers the same for the same arguments, whoever asks, whenever and wherever. */
export const isTimeless = (name: string): boolean => own(SIGNATURES, name)?.timeless === true

/** A compiled expression over records of one scope. */
export class Program {
  private readonly step: Step
  private nodes = 0

  constructor(
    tree: Tree,
    private readonly scope: Scope,
  ) {
    this.step = this.make(tree, 1)
  }

  /** The value, or the failure it comes to; never throws. */
  value(values: Values, at: Context): Result {
    try {
      const run = new Run(values, this.scope, at)
      run.spend(this.nodes)
      const value = this.step(run)
      if (value instanceof Failure || size(value) <= LARGEST_RESULT) return value
      return new Failure(VALUE, 'result_too_large', { limit: LARGEST_RESULT })
    } catch (error) {
      return error instanceof Fault ? error.failure : new Failure(VALUE, 'broken_expression')
    }
  }

  private make(tree: Tree, level: number): Step {
    this.nodes += 1
    if (level > MAX_LEVELS) return always(new Failure(VALUE, 'broken_expression'))
    try {
      return this.node(tree, level)
    } catch (error) {
      if (error instanceof Fault) return always(error.failure)
      return () => {
        throw error
      }
    }
  }

  private node(tree: Tree, level: number): Step {
    const [kind, first, ...rest] = tree
    if (kind === 'num' && typeof first === 'string') return always(decimal(first))
    if (kind === 'lit' && (first === null || typeof first === 'string' || typeof first === 'boolean'))
      return always(first)
    if (kind === 'ref') return this.reference(tree.slice(1).map(String))
    if (kind === 'op') return this.chain(tree, level)
    if (kind === 'neg' || kind === 'pct') return unary(kind, this.make(first as Tree, level + 1))
    if (kind === 'call') return this.call(String(first), rest as Tree[], level)
    throw new Fault(VALUE, 'broken_expression')
  }

  private reference(path: string[]): Step {
    const head = path[0] ?? ''
    const shape = own(this.scope, head)
    if (!shape) throw new Fault(REF, 'unknown_field', { name: path.join('.') })
    return path.length === 1 ? held(head, shape) : guarded((run) => run.follow(path))
  }

  private chain(tree: Tree, level: number): Step {
    const waiting: Tree[] = []
    let node = tree
    for (; node[0] === 'op'; node = node[2] as Tree) waiting.push(node)
    const first = this.make(node, level + 1)
    const rest = waiting.reverse().map((one) => [String(one[1]), this.make(one[3] as Tree, level + 1)] as const)
    this.nodes += rest.length - 1
    return (run) => {
      let left = first(run)
      for (const [sign, second] of rest) {
        const right = second(run)
        if (left instanceof Failure) continue
        left = right instanceof Failure ? right : operate(run, sign, left, right)
      }
      return left
    }
  }

  private call(name: string, args: Tree[], level: number): Step {
    const work = own(WORKS, name) as ((at: Context, ...ready: unknown[]) => Result) | undefined
    const signature = own(SIGNATURES, name)
    if (!work || !signature) throw new Fault(NAME, 'unknown_function', { name })
    if (!fits(signature, args.length)) throw new Fault(VALUE, 'wrong_count', { name, signature: signature.write })
    const steps = args.map((tree) => this.make(tree, level + 1))
    if (signature.lazy) return guarded((run) => work(run.at, ...steps.map((step) => () => step(run))))
    const taken = steps.map((step, index) => ({ step, parameter: parameterAt(signature, index) }))
    const catches = signature.catches === true
    return guarded((run) => {
      const ready: unknown[] = []
      for (const { step, parameter } of taken) {
        const value = step(run)
        if (value instanceof Failure && !catches) return value
        const fitted = value instanceof Failure ? value : taking(run, value, parameter)
        if (fitted === null && waits(parameter)) return null
        ready.push(fitted)
      }
      return work(run.at, ...ready)
    })
  }
}

const always =
  (value: Result): Step =>
  () =>
    value

function held(name: string, shape: Shape): Step {
  return (run) => {
    const raw = own(run.values, name)
    return raw === null || raw === undefined ? null : run.typed(raw, shape)
  }
}

/** A step whose own faults are its failure. */
function guarded(step: Step): Step {
  return (run) => {
    try {
      return step(run)
    } catch (error) {
      if (error instanceof Fault && !(error instanceof Overworked)) return error.failure
      throw error
    }
  }
}

function unary(kind: 'neg' | 'pct', operand: Step): Step {
  const work = kind === 'neg' ? negate : percent
  return guarded((run) => {
    const value = operand(run)
    return value instanceof Failure ? value : work(value)
  })
}

function operate(run: Run, sign: string, left: Value, right: Value): Result {
  const heavy = Math.max(weight(left), weight(right))
  if (heavy > 0) run.spend(sign === '^' ? heavy * POWER : heavy)
  try {
    return apply(sign, left, right, run.at)
  } catch (error) {
    if (error instanceof Fault) return error.failure
    throw error
  }
}

const waits = ({ type, optional }: Parameter): boolean => !optional && (type === 'date' || type === 'moment')

function taking(run: Run, value: Value, parameter: Parameter): unknown {
  const heavy = weight(value)
  if (heavy > 0) run.spend(heavy)
  if (parameter.optional && value === null && parameter.type !== 'any' && parameter.type !== 'list') return null
  const blank = value === null || value === ''
  switch (parameter.type) {
    case 'number':
      return toNumber(value)
    case 'text':
      return toText(value, run.at)
    case 'boolean':
      return toBoolean(value)
    case 'date':
      return blank ? null : toDay(value, run.at)
    case 'moment':
      return blank ? null : toMoment(value, run.at)
    case 'list':
      return flat([value])
    default:
      return value
  }
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

function size(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (Array.isArray(value)) return value.reduce<number>((total, one) => total + size(one), value.length)
  return isRow(value as Value) ? Object.values(value as object).reduce<number>((total, one) => total + size(one), 0) : 8
}
