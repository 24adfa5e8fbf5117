/** Lines around the cards 连线走法: down in a free lane, never through a card, seldom over another line. */
import type { Way } from './definition'
import type { Point } from './tidy'

interface Box {
  left: number
  right: number
  top: number
  bottom: number
}

interface Upright {
  x: number
  top: number
  bottom: number
  to: string
}

export interface Ends {
  way: Way
  /** The middle of the lower edge of where it comes from, the middle of the upper edge of where it leads. */
  from: Point
  to: Point
  /** Which of several lines between the same two. */
  twin: number
}

const OFF = 10
const IN = 16
const AWAY = 14
const FAR = 1e6

const crosses = (box: Box, left: number, right: number, top: number, bottom: number) =>
  box.left < right && box.right > left && box.top < bottom && box.bottom > top

/** Finds ways for lines one after another; remembers where lines already go down. */
export class Router {
  private readonly taken: Upright[] = []
  private readonly boxes: Box[]
  private readonly step: number

  constructor(boxes: Box[], step: number) {
    this.boxes = boxes
    this.step = step
  }

  /** The lane in which a line goes down. */
  lane(ends: Ends): number {
    const { from, to, twin, way } = ends
    const [top, bottom] = this.span(ends)
    const wanted = this.lanes(ends)
    const cost = (x: number) => Math.abs(x - from.x) + Math.abs(x - to.x) + (x < Math.min(from.x, to.x) ? 1 : 0)
    const sorted = [...new Set(wanted)].sort((one, other) => cost(one) - cost(other))
    const skipped = twin > 0 ? sorted.filter((x) => Math.abs(x - from.x) > 1) : sorted
    const free = skipped.find((x) => this.isFree(x, ends)) ?? skipped[0] ?? from.x
    this.taken.push({ x: free, top, bottom, to: way.to })
    return free
  }

  private span({ from, to }: Ends): [number, number] {
    const [one, other] = [from.y + OFF, to.y - IN]
    return [Math.min(one, other), Math.max(one, other)]
  }

  private lanes({ from, to, twin }: Ends): number[] {
    const back = to.y < from.y + OFF
    const sides = this.boxes.flatMap((box) => [box.left - AWAY * 2, box.right + AWAY * 2])
    const columns = [1, 2, 3, 4].map((at) => from.x + at * this.step)
    if (back) return [Math.max(...this.boxes.map(({ right }) => right), 0) + AWAY * 2, ...sides]
    return [from.x, to.x, ...(twin > 0 ? [from.x + twin * this.step] : []), ...columns, ...sides]
  }

  private isFree(x: number, ends: Ends): boolean {
    const { from, to, way } = ends
    const [top, bottom] = this.span(ends)
    const [left, right] = [Math.min(x, from.x), Math.max(x, from.x)]
    const [near, far] = [Math.min(x, to.x), Math.max(x, to.x)]
    const hit = this.boxes.some(
      (box) =>
        crosses(box, x - AWAY, x + AWAY, top, bottom) ||
        (x !== from.x && crosses(box, left, right, from.y + OFF - 4, from.y + OFF + 4)) ||
        (x !== to.x && crosses(box, near, far, to.y - IN - 4, to.y - IN + 4)),
    )
    if (hit) return false
    return !this.taken.some(
      (each) => each.to !== way.to && Math.abs(each.x - x) < AWAY && each.top < bottom && top < each.bottom,
    )
  }
}

/** The corners of a line that goes down in a lane. */
export function bendsIn(x: number, from: Point, to: Point): Point[] {
  if (from.x === x && to.x === x && to.y > from.y) return []
  const [off, into] = [from.y + OFF, to.y - IN]
  return [
    { x: from.x, y: off },
    { x, y: off },
    { x, y: into },
    { x: to.x, y: into },
  ]
}

/** How dear a line is to draw: straight ones first, then short ones. */
export function order({ from, to }: Ends): number {
  return from.x === to.x && to.y > from.y ? to.y - from.y : FAR + Math.abs(from.x - to.x) + Math.abs(to.y - from.y)
}
