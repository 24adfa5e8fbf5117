/** The order in which a form computes 计算顺序: each formula after what it reads; the twin of runtime/formulas.py. */
import { isCalling, isSettled, paths, type Tree } from '@/expression/evaluate'
import type { Scope } from '@/expression/values'
import type { Field } from '@/fields/field'
import { type FormShape, fieldsOf, nestedOf } from './shape'

/** One thing to compute: a field (`column` is undefined), a column in every row, or what new rows begin with. */
export interface Item {
  readonly field: Field
  readonly column?: Field
  readonly kind: 'formula' | 'beginnings'
  readonly reads: ReadonlySet<string>
  /** Whether it follows from the record's own values alone; what does not is computed every time. */
  readonly settled: boolean
  /** Whether it is computed when the record is added and never again: its place among the others. */
  readonly once: boolean
}

interface Draft extends Item {
  readonly paths: readonly string[][]
}

/** What the form computes, in order; formulas that turn in a circle are left out. */
export function itemsOf(shape: FormShape, scope: Scope, rowScopes: ReadonlyMap<string, Scope>): Item[] {
  const all = fieldsOf(shape).flatMap((field) => draftsOf(shape, field, scope, rowScopes.get(field.id) ?? scope))
  const computed = new Map<string, Draft[]>()
  for (const one of all) computed.set(one.field.id, [...(computed.get(one.field.id) ?? []), one])
  return sorted(all, (one) => [...needed(one, computed)]) ?? all.filter(({ kind }) => kind === 'beginnings')
}

function draftsOf(shape: FormShape, field: Field, scope: Scope, rowScope: Scope): Draft[] {
  const columns = nestedOf(field)
  const own = treeOf(shape, field.formula)
  const mine = own ? [draft('formula', field, undefined, [own], scope)] : []
  if (columns.length === 0) return mine
  const starts = columns.map((column) => treeOf(shape, column.default_formula)).filter((tree) => tree !== undefined)
  const inner = columns.flatMap((column) => {
    const tree = treeOf(shape, column.formula)
    return tree ? [draft('formula', field, column, [tree], rowScope)] : []
  })
  return [...mine, draft('beginnings', field, undefined, starts, rowScope), ...inner]
}

function treeOf(shape: FormShape, text: string | undefined): Tree | undefined {
  return text && Object.hasOwn(shape.trees, text) ? (shape.trees[text] as Tree) : undefined
}

function draft(kind: Item['kind'], field: Field, column: Field | undefined, trees: Tree[], scope: Scope): Draft {
  const named = trees.flatMap((tree) => paths(tree))
  const inRow = kind === 'beginnings' || column !== undefined
  const reads = new Set(named.map(([head = '']) => (inRow && isBeside(field, head) ? field.id : head)))
  if (inRow) reads.add(field.id)
  const settled = trees.every((tree) => isSettled(tree, scope))
  const once = trees.some((tree) => isCalling(tree, 'RECNO'))
  return { field, kind, reads, settled, once, paths: named, ...(column && { column }) }
}

const isBeside = (field: Field, name: string): boolean => nestedOf(field).some(({ id }) => id === name)

function* needed(item: Draft, computed: ReadonlyMap<string, Draft[]>): Generator<Draft> {
  const inRow = item.kind === 'beginnings' || item.column !== undefined
  if (item.column) yield* (computed.get(item.field.id) ?? []).filter(({ kind }) => kind === 'beginnings')
  for (const [head = '', next] of item.paths) {
    const beside = inRow && isBeside(item.field, head)
    const [id, column] = beside ? [item.field.id, head] : [head, next]
    for (const one of computed.get(id) ?? []) {
      if (one === item || (beside && item.kind === 'beginnings')) continue
      if (!one.column || column === undefined || one.column.id === column) yield one
    }
  }
}

/** The items so that each comes after those it needs; undefined when they turn in a circle. */
function sorted(all: readonly Draft[], needs: (one: Draft) => Draft[]): Draft[] | undefined {
  const found: Draft[] = []
  const state = new Map<Draft, 'open' | 'done'>()
  const visit = (one: Draft): boolean => {
    if (state.get(one) === 'done') return true
    if (state.get(one) === 'open') return false
    state.set(one, 'open')
    if (!needs(one).every(visit)) return false
    state.set(one, 'done')
    found.push(one)
    return true
  }
  return all.every(visit) ? found : undefined
}
