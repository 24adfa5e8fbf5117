/** Defaults, formulas and rules while somebody types 实时计算; the twin of runtime/compute.py. */
import { evaluate, type Tree } from '@/expression/evaluate'
import { type Context, Failure, type Scope } from '@/expression/values'
import type { Field, Json, Values } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import { movedDay } from '@/lib/moving-day'
import { wallClock, zone } from '@/lib/zone'
import { type Item, itemsOf } from './order'
import { rowScopeOf, scopeOf } from './scope'
import { type FormShape, fieldsOf, isSame, nestedOf } from './shape'

export interface Asking {
  me: { id: string; name?: string; departments?: string[] } | null
  /** What formulas may read of a record that a reference names. */
  related: (id: string) => Values | undefined
  /** What MAPX and its like come to, as far as the server has said. */
  facts?: Context['facts']
  /** Which days are worked, once it is known. */
  calendar?: Context['calendar']
  now?: Date
  /** The workspace's; the browser's when it is not known. */
  timezone?: string
}

/** What the rules say now. */
export interface Shown {
  hidden: Set<string>
  required: Set<string>
  readOnly: Set<string>
}

interface Last {
  readonly from: Values
  readonly to: Values
}

/** The fields in which two records differ. */
function changedIn(one: Values, other: Values): Set<string> {
  const found = new Set<string>()
  for (const id in one) if (one[id] !== other[id]) found.add(id)
  for (const id in other) if (one[id] !== other[id]) found.add(id)
  return found
}

const isAlike = (one: Values, other: Values): boolean => changedIn(one, other).size === 0

function touches({ reads }: Item, dirty: ReadonlySet<string>): boolean {
  for (const id of reads) if (dirty.has(id)) return true
  return false
}

/** Computes what a form computes; remembers what it computed last, so that a keystroke costs what it concerns. */
export class Computer {
  private readonly scope: Scope
  private readonly items: readonly Item[]
  private last: Last | undefined
  private readonly rowScopes = new Map<string, Scope>()

  constructor(
    private readonly shape: FormShape,
    private readonly asking: Asking,
  ) {
    this.scope = scopeOf(shape)
    for (const field of fieldsOf(shape))
      if (nestedOf(field).length > 0) this.rowScopes.set(field.id, rowScopeOf(shape, field))
    this.items = itemsOf(shape, this.scope, this.rowScopes)
  }

  private context(): Context {
    const { me, related, facts, calendar, now = new Date() } = this.asking
    const world = { now: now.getTime(), timezone: zone(), me, related: (_: unknown, id: string) => related(id) ?? null }
    return { ...world, ...(facts && { facts }), ...(calendar && { calendar }) }
  }

  /** The JSON value of an expression's text; undefined when it has no tree or comes to an error. */
  value(text: string | undefined, values: Values, scope: Scope = this.scope): Json | undefined {
    const tree = text ? this.shape.trees[text] : undefined
    if (tree === undefined) return undefined
    const found = evaluate(tree as Tree, values, scope, this.context())
    return found instanceof Failure ? undefined : (found as Json)
  }

  /** Whether the expression comes to true; no expression always does. */
  holds(text: string | undefined, values: Values): boolean {
    return !text || this.value(text, values) === true
  }

  /** Whether a condition over the record, or over a row of `subform` and its record, holds; one that is unknown does. */
  lets(text: string, values: Values, subform = ''): boolean {
    if (this.shape.trees[text] === undefined) return true
    return this.value(text, values, this.rowScopes.get(subform) ?? this.scope) === true
  }

  /** The values with what new fields begin with. */
  defaults(values: Values): Values {
    const next = { ...values }
    for (const field of fieldsOf(this.shape)) {
      if (next[field.id] !== undefined) continue
      const found = this.firstOf(field, next, this.scope)
      if (found !== undefined) next[field.id] = found
    }
    return next
  }

  /** A row with what its columns begin with; constants were filled when it was added. */
  private rowDefaults(field: Field, row: Values, values: Values): Values {
    const scope = this.rowScopes.get(field.id)
    const next = { ...row }
    for (const column of nestedOf(field)) {
      const moving = typeof column.default === 'string' && column.default.startsWith('@')
      if (next[column.id] !== undefined && !(moving && next[column.id] === column.default)) continue
      const found = this.firstOf(column, { ...values, ...next }, scope ?? this.scope)
      if (found !== undefined) next[column.id] = found
    }
    return next
  }

  private firstOf(field: Field, values: Values, scope: Scope): Json | undefined {
    if (field.default !== undefined && field.default !== null) return this.fitted(field, this.concrete(field.default))
    const start = field.default_formula ? undefined : typeNamed(field.type)?.start?.(field)
    if (start !== undefined) return start
    return field.default_formula ? this.fitted(field, this.value(field.default_formula, values, scope)) : undefined
  }

  private concrete(value: Json): Json {
    const now = this.asking.now ?? new Date()
    if (value === '@me') return this.asking.me?.id ?? null
    if (value === '@my_department') return this.asking.me?.departments?.[0] ?? null
    if (value === '@now') return `${now.toISOString().slice(0, 19)}Z`
    if (value === '@time') return wallClock(now).slice(11)
    if (typeof value !== 'string' || !value.startsWith('@today')) return value
    return movedDay(value, wallClock(now).slice(0, 10))
  }

  private fitted(field: Field, value: Json | undefined): Json {
    const type = typeNamed(field.type)
    return value === undefined ? null : type?.fit ? type.fit(field, value) : value
  }

  /** The values with every formula computed, each after what it needs; only what a change concerns is computed anew. */
  formulas(values: Values): Values {
    const last = this.last
    const dirty = last && changedIn(last.from, values)
    const next = { ...values, ...(last && this.kept(last, dirty)) }
    for (const item of this.items) {
      if (dirty && item.settled && !touches(item, dirty)) continue
      const { id } = item.field
      const found = this.computed(item, next)
      if (found === next[id]) continue
      if (found !== undefined) next[id] = found
      dirty?.add(id)
    }
    const to = isAlike(next, values) ? values : next
    this.last = { from: values, to }
    return to
  }

  /** What was computed the last time, where what was given is the same. */
  private kept(last: Last, dirty: ReadonlySet<string> | undefined): Values {
    const found: Values = {}
    for (const { field } of this.items) {
      const held = last.to[field.id]
      if (held !== undefined && !dirty?.has(field.id)) found[field.id] = held
    }
    return found
  }

  /** The field's value with this item computed; the same object when nothing changes. */
  private computed({ field, column, kind, once }: Item, values: Values): Json | undefined {
    const held = values[field.id]
    if (kind === 'beginnings' || column) {
      if (!Array.isArray(held)) return held
      const rows = held.map((row) =>
        column ? this.computedCell(field, column, row as Values, values) : this.begunRow(field, row as Values, values),
      )
      return rows.every((row, at) => row === held[at]) ? held : rows
    }
    if (once && held !== undefined && held !== null) return held
    const found = this.fitted(field, this.value(field.formula, values))
    return isSame(found, held) ? held : found
  }

  private begunRow(field: Field, row: Values, values: Values): Values {
    const filled = this.rowDefaults(field, row, values)
    return isSame(filled, row) ? row : filled
  }

  private computedCell(field: Field, column: Field, row: Values, values: Values): Values {
    const seen = { ...values, ...row }
    const found = this.fitted(column, this.value(column.formula, seen, this.rowScopes.get(field.id)))
    return isSame(found, row[column.id]) ? row : { ...row, [column.id]: found }
  }

  /** What the rules say: a field that some rule shows is hidden unless one holds. */
  rules(values: Values): Shown {
    const governed = new Set<string>()
    const shown = new Set<string>()
    const required = new Set<string>()
    const readOnly = new Set<string>()
    for (const rule of this.shape.definition.rules ?? []) {
      const holds = this.value(rule.when, values) === true
      for (const id of rule.show ?? []) governed.add(id)
      if (!holds) continue
      for (const id of rule.show ?? []) shown.add(id)
      for (const id of rule.require ?? []) required.add(id)
      for (const id of rule.read_only ?? []) readOnly.add(id)
    }
    const hidden = new Set([...governed].filter((id) => !shown.has(id)))
    for (const field of this.shape.definition.fields ?? []) {
      if (field.hidden) hidden.add(field.id)
      if (field.required) required.add(field.id)
      if (field.read_only) readOnly.add(field.id)
    }
    return { hidden, required, readOnly }
  }
}
