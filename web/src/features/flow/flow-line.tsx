/** A line on the canvas 连线: its condition in words, and "+" in its middle. */
import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react'
import { pick, useT } from '@/i18n/i18n'
import { nodeTypeNamed } from '@/nodes/registry'
import { useShown } from '@/ui/design/use-explained'
import type { Line } from './definition'
import css from './flow.module.css'
import { InsertMenu } from './insert-menu'
import { corners, labelOn, pathThrough } from './line-path'
import type { Point } from './tidy'
import { useFlow } from './use-flow'

export interface LineData extends Line, Record<string, unknown> {
  corners: Point[]
  label: Point
  /** Where its ends were when the corners were found. */
  ends: [Point, Point]
}

export type LineEdge = Edge<LineData, 'line'>

function Condition({ text }: { text: string }) {
  const t = useT()
  const { app, form } = useFlow()
  const shown = useShown({ app, form: form.id, definition: form }, text)
  if (text.trim() === '') return <span data-missing="true">{t('flow.noCondition')}</span>
  return <span title={shown}>{shown.replace(/[{}]/g, '')}</span>
}

function Words({ from, exit }: Line) {
  const { workflow } = useFlow()
  const node = workflow.nodes[from]
  if (node === undefined) return null
  const type = nodeTypeNamed(node.type)
  const guard = type?.guards?.(node)[exit]
  if (guard !== undefined) return <Condition text={guard} />
  const label = type?.exits(node).find((each) => each.id === exit)?.label ?? ''
  const words = typeof label === 'string' ? label : pick(label)
  return words === '' ? null : <span>{words}</span>
}

/** A handle's own size. */
const REACH = 9

const near = (one: Point, other: Point) => Math.abs(one.x - other.x) < REACH && Math.abs(one.y - other.y) < REACH

/** Drawn by hand-made corners while its nodes stand where the layout put them, straight down otherwise. */
export function FlowLine(props: EdgeProps<LineEdge>) {
  const { id, sourceX, sourceY, targetX, targetY, data, selected } = props
  if (data === undefined) return null
  const from = { x: sourceX, y: sourceY }
  const to = { x: targetX, y: targetY }
  const settled = near(from, data.ends[0]) && near(to, data.ends[1])
  const points = settled ? [data.ends[0], ...data.corners, data.ends[1]] : corners(from, to, [])
  const place = settled ? data.label : labelOn(points)
  const quiet = data.quiet === true
  return (
    <>
      <BaseEdge
        id={id}
        path={pathThrough(points)}
        interactionWidth={18}
        markerEnd={props.markerEnd}
        className={css.line}
        data-selected={selected === true}
        style={quiet ? { strokeDasharray: '5 4' } : undefined}
      />
      <EdgeLabelRenderer>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: keeps the menu's clicks from selecting the line */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the button itself hears keys */}
        <div
          className={`${css.lineLabel} nodrag nopan`}
          onClick={(event) => event.stopPropagation()}
          data-line={id}
          style={{ transform: `translate(-50%, -50%) translate(${place.x}px, ${place.y}px)` }}
        >
          <Words from={data.from} exit={data.exit} />
          <InsertMenu line={{ from: data.from, exit: data.exit }} />
        </div>
      </EdgeLabelRenderer>
    </>
  )
}
