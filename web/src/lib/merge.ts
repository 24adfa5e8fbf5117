/** Two people's changes of one value brought together 三方合并: what only one of them touched is taken from them. */

type Json = unknown
export type Place = (string | number)[]

export interface Merged<T> {
  value: T
  /** Where both changed the same thing otherwise; there, the preferred side was taken. */
  clashes: Place[]
}

type Side = 'mine' | 'theirs'

/** Whether two values are written alike, whatever the order of their keys. */
export function same(one: Json, other: Json): boolean {
  if (Object.is(one, other)) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) || Array.isArray(other))
    return (
      Array.isArray(one) &&
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((each, at) => same(each, other[at]))
    )
  const keys = Object.keys({ ...one, ...other })
  return keys.every((key) => same((one as Record<string, Json>)[key], (other as Record<string, Json>)[key]))
}

const isPlain = (value: Json): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What tells the entries of a list apart: their id, or a text itself; undefined when nothing does. */
function keysOf(list: Json): string[] | undefined {
  if (list === undefined) return []
  if (!Array.isArray(list)) return undefined
  const keys = list.map((each) => (isPlain(each) ? each.id : each))
  return keys.every((key) => typeof key === 'string') && new Set(keys).size === keys.length
    ? (keys as string[])
    : undefined
}

/** The order of one side, with what the other side put in after the entry that stands before it there. */
function ordered(base: string[], mine: string[], theirs: string[]): string[] {
  const order = (list: string[], other: string[]) => list.filter((key) => other.includes(key)).join('\n')
  const moved = order(base, mine) !== order(mine, base)
  const [lead, other] = moved ? [mine, theirs] : [theirs, mine]
  const found = [...lead]
  for (const [at, key] of other.entries()) {
    if (found.includes(key)) continue
    const before = other.slice(0, at).findLast((each) => found.includes(each))
    found.splice(before === undefined ? 0 : found.indexOf(before) + 1, 0, key)
  }
  return found
}

class Merging {
  clashes: Place[] = []
  constructor(private readonly prefer: Side) {}

  merge(base: Json, mine: Json, theirs: Json, place: Place): Json {
    if (same(mine, theirs) || same(base, theirs)) return mine
    if (same(base, mine)) return theirs
    if (isPlain(mine) && isPlain(theirs)) return this.objects(isPlain(base) ? base : {}, mine, theirs, place)
    const keys = [keysOf(base), keysOf(mine), keysOf(theirs)]
    if (keys.every((each) => each !== undefined) && mine !== undefined && theirs !== undefined)
      return this.lists([base, mine, theirs], keys as string[][], place)
    this.clashes.push(place)
    return this.prefer === 'mine' ? mine : theirs
  }

  private objects(base: Record<string, Json>, mine: Record<string, Json>, theirs: Record<string, Json>, place: Place) {
    const found: Record<string, Json> = {}
    for (const key of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
      const value = this.merge(base[key], mine[key], theirs[key], [...place, key])
      if (value !== undefined) found[key] = value
    }
    return found
  }

  private lists(lists: Json[], keys: string[][], place: Place): Json[] {
    const [base = [], mine = [], theirs = []] = keys
    const at = (side: number, key: string) => (lists[side] as Json[] | undefined)?.[keys[side]?.indexOf(key) ?? -1]
    return ordered(base, mine, theirs).flatMap((key) => {
      const value = this.merge(at(0, key), at(1, key), at(2, key), [...place, key])
      return value === undefined ? [] : [value]
    })
  }
}

/** `mine` with what `theirs` changed since `base`; entries of lists are known by their `id`. */
export function merged<T>(base: T, mine: T, theirs: T, prefer: Side): Merged<T> {
  const work = new Merging(prefer)
  const value = work.merge(base, mine, theirs, []) as T
  return { value, clashes: work.clashes }
}
