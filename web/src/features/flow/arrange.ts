/** Room for what is put in 就地排布: everything else stays in its place, only what lies below moves down. */

import type { Line, Workflow } from '@/nodes/drawing/definition'
import { nameOf } from '@/nodes/drawing/definition'
import { draw, GAP, type Point, STEP, sizeOf, WIDTH } from '@/nodes/drawing/tidy'
import { waysOf } from '@/nodes/drawing/ways'
import type { NamedNodeType } from '@/nodes/node'
import { insertConditional, insertNode } from './edits'

type Place = [number, number]
type Words = (type: NamedNodeType) => string

/** Writes down where everything stands now, so that a change moves nothing else. */
export function settle(workflow: Workflow): void {
  const { places } = draw(workflow)
  workflow.drawing = Object.fromEntries(
    Object.entries(places).map(([id, { x, y }]): [string, Place] => [id, [Math.round(x), Math.round(y)]]),
  )
}

function covers(workflow: Workflow, id: string, [x, y]: Place, except: ReadonlySet<string>): boolean {
  const { height } = sizeOf(workflow, id)
  return Object.entries(workflow.drawing ?? {}).some(([other, place]) => {
    if (other === id || except.has(other)) return false
    const below = sizeOf(workflow, other).height
    return Math.abs(place[0] - x) < WIDTH + 8 && place[1] < y + height + 8 && y < place[1] + below + 8
  })
}

/** The first free place at or to the right of a wanted one. */
export function freePlace(workflow: Workflow, id: string, wanted: Place, except: ReadonlySet<string>): Place {
  let [x] = wanted
  while (covers(workflow, id, [x, wanted[1]], except)) x += STEP
  return [x, wanted[1]]
}

/** Everything that begins at or below a height moves down. */
function pushDown(workflow: Workflow, from: number, by: number, except: ReadonlySet<string>): void {
  if (by <= 0) return
  for (const [id, place] of Object.entries(workflow.drawing ?? {})) {
    if (!except.has(id) && place[1] >= from) (workflow.drawing as Record<string, Place>)[id] = [place[0], place[1] + by]
  }
}

/** A card that became taller, or lower again, keeps its distance from what is below it. */
export function grown(workflow: Workflow, id: string, before: number): void {
  const by = sizeOf(workflow, id).height - before
  const top = workflow.drawing?.[id]?.[1]
  if (by === 0 || top === undefined) return
  for (const place of Object.values(workflow.drawing ?? {})) if (place[1] >= top + before) place[1] += by
}

/** Puts new nodes below what leads to them, and moves down what they would come too near to. */
function placeNew(workflow: Workflow, ids: string[], at: Point): void {
  const drawing = workflow.drawing as Record<string, Place>
  const fresh = new Set(ids)
  const ways = waysOf(workflow)
  const rows = new Map<string, number>()
  for (const id of ids) {
    const sources = ways.filter((way) => way.to === id && way.from in drawing)
    const source = sources[0]
    const place = source === undefined ? undefined : drawing[source.from]
    const above = Math.max(
      0,
      ...sources.map(({ from }) => (drawing[from]?.[1] ?? 0) + sizeOf(workflow, from).height + GAP),
    )
    const beside = source !== undefined && fresh.has(source.from) && rows.has(source.from)
    const turned = beside && ways.filter(({ from }) => from === source.from).at(-1)?.exit !== source.exit
    const x = beside ? (place?.[0] ?? 0) + (turned ? STEP : 0) : at.x - WIDTH / 2
    drawing[id] = [Math.round(x), Math.round(above)]
    rows.set(id, above)
  }
  const top = Math.min(...ids.map((id) => drawing[id]?.[1] ?? 0))
  const bottom = Math.max(...ids.map((id) => (drawing[id]?.[1] ?? 0) + sizeOf(workflow, id).height))
  const next = ways
    .filter((way) => fresh.has(way.from) && !fresh.has(way.to) && (drawing[way.to]?.[1] ?? 0) >= top - GAP)
    .map(({ to }) => drawing[to]?.[1] ?? 0)
  if (next.length > 0) {
    const nearest = Math.min(...next)
    pushDown(workflow, Math.min(nearest, top), bottom + GAP - nearest, fresh)
  }
  for (const id of ids) drawing[id] = freePlace(workflow, id, drawing[id] as Place, new Set())
}

/** Puts a node into a line, perhaps behind a condition; nothing that stands elsewhere moves sideways. What to show. */
export function put(workflow: Workflow, line: Line, type: string, conditional: boolean, words: Words): string {
  const before = draw(workflow)
  settle(workflow)
  const source = workflow.drawing?.[line.from] ?? [0, 0]
  const at = before.lines[nameOf(line)]?.label ?? { x: source[0] + WIDTH / 2, y: source[1] }
  const known = new Set(Object.keys(workflow.nodes))
  const shown = conditional
    ? insertConditional(workflow, line, type, words).decision
    : insertNode(workflow, line, type, words)
  const fresh = Object.keys(workflow.nodes).filter((id) => !known.has(id))
  placeNew(workflow, inOrder(workflow, fresh, line), at)
  return shown
}

/** New nodes, each after those that lead to it. */
function inOrder(workflow: Workflow, ids: string[], line: Line): string[] {
  const found: string[] = []
  let open = [workflow.nodes[line.from]?.on?.[line.exit] ?? '']
  while (open.length > 0) {
    for (const id of open) if (ids.includes(id) && !found.includes(id)) found.push(id)
    const last = new Set(open)
    open = waysOf(workflow)
      .filter((way) => last.has(way.from) && ids.includes(way.to) && !found.includes(way.to))
      .map(({ to }) => to)
  }
  return [...found, ...ids.filter((id) => !found.includes(id))]
}
