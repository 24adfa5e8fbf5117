/** A line on the canvas 连线: its condition in words, and "+" in its middle. */
import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import { useT } from '@/i18n/i18n'
import type { Line } from '@/nodes/drawing/definition'
import { corners, labelOn, pathThrough } from '@/nodes/drawing/line-path'
import type { Point } from '@/nodes/drawing/tidy'
import { useConditionWords } from '@/nodes/parts/condition-words'
import css from './flow.module.css'
import { InsertButton } from './insert-menu'
import { stepsOf, useOverlay } from './overlay'
import { useSurroundings } from './use-flow'

export interface LineData extends Line, Record<string, unknown> {
  to: string
  corners: Point[]
  label: Point
  /** Where its ends were when the corners were found. */
  ends: [Point, Point]
  /** Its condition, for a way out that has one. */
  guard: string | undefined
  /** Its name, for one that has none. */
  words: string
  quiet: boolean
}

export type LineEdge = Edge<LineData, 'line'>

function Condition({ text }: { text: string }) {
  const t = useT()
  const words = useConditionWords(text, useSurroundings())
  if (text.trim() === '') return <span data-missing="true">{t('flow.noCondition')}</span>
  return <span title={words}>{words}</span>
}

/** A handle's own size. */
const REACH = 9

const near = (one: Point, other: Point) => Math.abs(one.x - other.x) < REACH && Math.abs(one.y - other.y) < REACH

/** Drawn by its corners while its nodes stand where the layout put them, straight down otherwise. */
function Drawn(props: EdgeProps<LineEdge>) {
  const { id, sourceX, sourceY, targetX, targetY, data, selected } = props
  const tone = useOverlay(({ trail }) =>
    data !== undefined && stepsOf(trail).has(`${data.from}/${data.to}`) ? trail?.tone : undefined,
  )
  if (data === undefined) return null
  const from = { x: sourceX, y: sourceY }
  const to = { x: targetX, y: targetY }
  const settled = near(from, data.ends[0]) && near(to, data.ends[1])
  const points = settled ? [data.ends[0], ...data.corners, data.ends[1]] : corners(from, to, [])
  const place = settled ? data.label : labelOn(points)
  return (
    <>
      <BaseEdge
        id={id}
        path={pathThrough(points)}
        interactionWidth={18}
        markerEnd={props.markerEnd}
        className={css.line}
        data-selected={selected === true}
        data-trail={tone}
        style={data.quiet ? { strokeDasharray: '5 4' } : undefined}
      />
      <EdgeLabelRenderer>
        <div
          className={`${css.lineLabel} nodrag nopan`}
          data-line={id}
          style={{ transform: `translate(-50%, -50%) translate(${place.x}px, ${place.y}px)` }}
        >
          {data.guard === undefined ? data.words ? <span>{data.words}</span> : null : <Condition text={data.guard} />}
          <InsertButton line={{ from: data.from, exit: data.exit }} />
        </div>
      </EdgeLabelRenderer>
    </>
  )
}

export const FlowLine = memo(Drawn)
