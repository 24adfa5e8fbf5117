/** The path of a line 连线路径: straight pieces with round corners. */
import type { Point } from './tidy'

const LEAD = 16
const ROUND = 8

/** Corners of the way from `from` (below a node) to `to` (above one), through `bends`. */
export function corners(from: Point, to: Point, bends: Point[]): Point[] {
  if (to.y < from.y) return around(from, to, bends)
  const stops = [from, ...bends, to]
  const found: Point[] = [from]
  for (const [at, stop] of stops.slice(1).entries()) {
    const before = stops[at] as Point
    if (Math.abs(before.x - stop.x) < 1) continue
    const y = at === 0 ? from.y + LEAD : at === stops.length - 2 ? to.y - LEAD : (before.y + stop.y) / 2
    found.push({ x: before.x, y }, { x: stop.x, y })
  }
  return [...found, to]
}

function around(from: Point, to: Point, bends: Point[]): Point[] {
  const side = Math.max(from.x, to.x, ...bends.map(({ x }) => x)) + 150
  return [
    from,
    { x: from.x, y: from.y + LEAD },
    { x: side, y: from.y + LEAD },
    { x: side, y: to.y - LEAD },
    { x: to.x, y: to.y - LEAD },
    to,
  ]
}

function toward(from: Point, to: Point, length: number): Point {
  const far = Math.hypot(to.x - from.x, to.y - from.y) || 1
  const share = Math.min(1, length / far)
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }
}

/** An SVG path through the corners. */
export function pathThrough(points: Point[]): string {
  const [first, ...rest] = points
  if (first === undefined) return ''
  const pieces = rest.map((point, at) => {
    const before = points[at] as Point
    if (Math.hypot(point.x - before.x, point.y - before.y) < 1) return ''
    const after = rest[at + 1]
    if (after === undefined) return `L${point.x},${point.y}`
    const room =
      Math.min(Math.hypot(point.x - before.x, point.y - before.y), Math.hypot(after.x - point.x, after.y - point.y)) / 2
    const start = toward(point, before, Math.min(ROUND, room))
    const end = toward(point, after, Math.min(ROUND, room))
    return `L${start.x},${start.y} Q${point.x},${point.y} ${end.x},${end.y}`
  })
  return `M${first.x},${first.y} ${pieces.join(' ')}`
}

/** The middle of the longest piece: where a label has room. */
export function labelOn(points: Point[]): Point {
  let best: Point = points[0] ?? { x: 0, y: 0 }
  let longest = -1
  for (const [at, point] of points.slice(1).entries()) {
    const before = points[at] as Point
    const length = Math.abs(point.y - before.y)
    if (length <= longest) continue
    longest = length
    best = { x: (before.x + point.x) / 2, y: (before.y + point.y) / 2 }
  }
  return best
}
