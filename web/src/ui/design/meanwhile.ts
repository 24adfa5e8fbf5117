/** What somebody else did to a draft meanwhile 期间的修改, in the words of the draft. */
import { type Place, same } from '@/lib/merge'

type Named = { id?: unknown; label?: unknown; name?: unknown }

const ROOMS = ['fields', 'sections', 'rules', 'checks', 'uniques', 'groups', 'views', 'actions', 'events', 'nodes']
const MOST = 3

function entryOf(value: unknown, step: string | number): unknown {
  if (Array.isArray(value)) return value.find((each) => each === step || (each as Named | null)?.id === step)
  return (value as Record<string | number, unknown> | null | undefined)?.[step]
}

/** The thing at a place of a merge: `客户级别`, or '' for what has no name on the way. */
export function thingAt(value: unknown, place: Place): string {
  const names: string[] = []
  let here = value
  for (const step of place) {
    here = entryOf(here, step)
    const { label, name } = (here ?? {}) as Named
    const said = label ?? name
    if (typeof said === 'string' && said !== '') names.push(said)
  }
  return names.join(' › ')
}

/** A short value as it may be shown; '' for what is not one. */
export function shownAt(value: unknown, place: Place): string {
  const found = place.reduce<unknown>((here, step) => entryOf(here, step), value)
  return ['string', 'number', 'boolean'].includes(typeof found) ? String(found).slice(0, 60) : ''
}

/** The names of what is not the same any more, a few of them. */
export function changedThings(before: unknown, after: unknown): string[] {
  const found = ROOMS.flatMap((room) => {
    const [one, other] = [before, after].map((value) => (value as Record<string, unknown> | null)?.[room] ?? {})
    const keys = new Set([one, other].flatMap(keysOf))
    return [...keys].flatMap((key) => {
      const [was, is] = [entryOf(one, key), entryOf(other, key)]
      const { label, name } = ((is ?? was) as Named | undefined) ?? {}
      const said = label ?? name
      return same(was, is) || typeof said !== 'string' || said === '' ? [] : [said]
    })
  })
  return [...new Set(found)].slice(0, MOST)
}

function keysOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => String((each as Named | null)?.id ?? ''))
  return Object.keys(value as object)
}
