/** A small map of a running workflow 流程小图: from left to right, passed ways lit, the token where it is now. */
import { useEffect, useMemo, useRef } from 'react'
import { pick, useT } from '@/i18n/i18n'
import type { Hue } from '@/theme/tokens'
import { nodeTypeNamed } from '../registry'
import { nameOf, type Workflow } from './definition'
import css from './flow-map.module.css'
import { lanesOf } from './lanes'
import { pathThrough } from './line-path'
import { waysOf } from './ways'

const WIDE = 128
const HIGH = 34
const ACROSS = 34
const DOWN = 20
const EDGE = 8
const OFF = 12

export interface Walked {
  nodes: Record<string, unknown>
  /** Where tokens are now. */
  active: string[]
  /** Where they have been. */
  visited: string[]
  /** Where nothing goes on until somebody helps. */
  failed?: string[]
  /** Where it begins, when nothing has been visited. */
  start?: string
}

/** A figure on a node. */
export interface Mark {
  text: string
  hue: Hue
}

interface MapProps extends Walked {
  badges?: Record<string, Mark>
  /** The node to have in sight; without it the token. */
  look?: string
}

interface Spot {
  id: string
  label: string
  x: number
  y: number
  state: 'now' | 'done' | 'next' | 'failed'
}

/** Everything to draw, in pixels. */
export function mapOf(walked: Walked): {
  spots: Spot[]
  lines: { id: string; path: string; lit: boolean }[]
  width: number
  height: number
} {
  const nodes = walked.nodes as Workflow['nodes']
  const start = walked.visited[0] ?? walked.start ?? Object.keys(nodes)[0] ?? ''
  const workflow: Workflow = { id: '', form: '', name: '', start, nodes }
  const { row, lane, line, widest } = lanesOf(workflow)
  const x = (id: string) => EDGE + (row.get(id) ?? 0) * (WIDE + ACROSS)
  const yOf = (at: number) => EDGE + at * (HIGH + DOWN)
  const y = (id: string) => yOf(lane.get(id) ?? 0)
  const been = new Set(walked.visited)
  const spots = Object.entries(nodes).map(([id, node]): Spot => {
    const type = nodeTypeNamed(node.type)
    const now = walked.active.includes(id)
    const state = walked.failed?.includes(id) ? 'failed' : now ? 'now' : been.has(id) ? 'done' : 'next'
    return { id, label: node.label || (type ? pick(type.label) : id), x: x(id), y: y(id), state }
  })
  const lines = waysOf(workflow).map((way) => {
    const back = (row.get(way.to) ?? 0) <= (row.get(way.from) ?? 0)
    const [from, to] = [y(way.from) + HIGH / 2, y(way.to) + HIGH / 2]
    const through = back ? yOf(widest + 1) : yOf(line.get(nameOf(way)) ?? lane.get(way.to) ?? 0) + HIGH / 2
    const [begin, end] = [x(way.from) + WIDE, x(way.to)]
    const points = [
      { x: begin, y: from },
      { x: begin + OFF, y: from },
      { x: begin + OFF, y: through },
      { x: end - OFF, y: through },
      { x: end - OFF, y: to },
      { x: end, y: to },
    ]
    const next = walked.visited.some((id, at) => id === way.from && walked.visited.indexOf(way.to) > at)
    return { id: nameOf(way), path: pathThrough(points), lit: next && been.has(way.from) && been.has(way.to) }
  })
  const backwards = waysOf(workflow).some((way) => (row.get(way.to) ?? 0) <= (row.get(way.from) ?? 0))
  return {
    spots,
    lines: lines.sort((one, other) => Number(one.lit) - Number(other.lit)),
    width: Math.max(...spots.map((spot) => spot.x)) + WIDE + EDGE,
    height: yOf(widest + (backwards ? 1 : 0)) + HIGH + EDGE,
  }
}

function Figure({ mark }: { mark: Mark | undefined }) {
  if (mark === undefined) return null
  return (
    <small
      className={css.figure}
      style={{ background: `var(--hue-${mark.hue}-tint)`, color: `var(--hue-${mark.hue}-ink)` }}
    >
      {mark.text}
    </small>
  )
}

/** Scrolls so that the token, or the node to look at, is in sight. */
export function FlowMap(walked: MapProps) {
  const t = useT()
  const box = useRef<HTMLDivElement>(null)
  const { nodes, active, visited, failed, start = '', badges, look } = walked
  const drawn = useMemo(
    () => mapOf({ nodes, active, visited, failed: failed ?? [], ...(start ? { start } : {}) }),
    [nodes, active, visited, failed, start],
  )
  const wanted = ({ id, state }: Spot) => (look === undefined ? state === 'now' || state === 'failed' : id === look)
  const lit = drawn.spots.find(wanted) ?? (look === undefined ? drawn.spots.at(-1) : undefined)
  const [x, y] = [lit?.x ?? 0, lit?.y ?? 0]
  useEffect(() => {
    const place = box.current
    place?.scrollTo({ left: x - (place.clientWidth - WIDE) / 2, top: y - (place.clientHeight - HIGH) / 2 })
  }, [x, y])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard
    <section ref={box} className={css.map} aria-label={t('nodes.map')} tabIndex={0}>
      <div style={{ width: drawn.width, height: drawn.height }}>
        <svg width={drawn.width} height={drawn.height} aria-hidden>
          {drawn.lines.map(({ id, path, lit: passed }) => (
            <path key={id} d={path} data-lit={passed} />
          ))}
        </svg>
        {drawn.spots.map((spot) => (
          <span
            key={spot.id}
            className={css.spot}
            data-state={spot.state}
            aria-current={spot.state === 'now' ? 'step' : undefined}
            title={badges?.[spot.id] ? `${spot.label} · ${badges[spot.id]?.text}` : spot.label}
            data-marked={spot.id === look}
            style={{ left: spot.x, top: spot.y, width: WIDE, height: HIGH }}
          >
            <span>{spot.label}</span>
            <Figure mark={badges?.[spot.id]} />
          </span>
        ))}
      </div>
    </section>
  )
}
