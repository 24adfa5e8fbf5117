/** Which node lies next 邻近节点: for the arrow keys, and for finding one by its words. */
import type { Point } from '@/nodes/drawing/tidy'

export type Way = 'up' | 'down' | 'left' | 'right'

/** The nearest place in a direction; what lies straight ahead before what lies aside. */
export function nextTo(places: Record<string, Point>, from: string, way: Way): string | undefined {
  const here = places[from]
  if (here === undefined) return Object.keys(places)[0]
  const upright = way === 'up' || way === 'down'
  const sign = way === 'down' || way === 'right' ? 1 : -1
  let best: string | undefined
  let least = Number.POSITIVE_INFINITY
  for (const [id, place] of Object.entries(places)) {
    const [ahead, aside] = upright
      ? [(place.y - here.y) * sign, Math.abs(place.x - here.x)]
      : [(place.x - here.x) * sign, Math.abs(place.y - here.y)]
    if (id === from || ahead <= 8) continue
    const far = ahead + aside * 2
    if (far < least) [best, least] = [id, far]
  }
  return best
}

/** The nodes whose words hold the text, the best first. */
export function sought<N extends { id: string; words: string }>(nodes: N[], text: string): N[] {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return nodes
  const place = ({ words }: N) => words.toLowerCase().indexOf(wanted)
  return nodes.filter((node) => place(node) >= 0).sort((one, other) => place(one) - place(other))
}
