/** Dragging fields 拖拽: what is dragged, and where it may be dropped. */
import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import {
  draggable,
  dropTargetForElements,
  type ElementDropTargetEventBasePayload,
} from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { attachClosestEdge, type Edge, extractClosestEdge } from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge'
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Spot } from './layout'
import { useLatestDesigner } from './use-designer'

interface Dragged {
  /** A new field of this type. */
  fresh?: string
  /** The new field cannot stand in rows. */
  nests?: boolean
  /** A field that is there. */
  path?: string
}

/** Whether what is dragged may stand in `rows` (undefined: the form itself). */
export function fits(dragged: Dragged, rows: string | undefined): boolean {
  if (dragged.fresh !== undefined) return rows === undefined || dragged.nests !== true
  const [head, column] = (dragged.path ?? '').split('.')
  return rows === undefined ? column === undefined : column !== undefined && head === rows
}

/** Puts what was dragged into its place. */
function useDropped(): (dragged: Dragged, spot: Spot) => void {
  const latest = useLatestDesigner()
  return (dragged, spot) => {
    const { add, move, selection } = latest.current
    if (dragged.fresh !== undefined) add(dragged.fresh, spot)
    else if (dragged.path !== undefined) move(selection.includes(dragged.path) ? selection : [dragged.path], spot)
  }
}

interface CardDrop {
  path: string
  handle?: RefObject<HTMLElement | null>
  /** Side by side, or one above the other. */
  beside: boolean
  before: Spot
  after: Spot
}

/** A card that can be dragged, and dropped upon: before or after it. */
export function useCardDrop(own: RefObject<HTMLElement | null>, { path, beside, before, after }: CardDrop) {
  const [edge, setEdge] = useState<Edge | null>(null)
  const [dragging, setDragging] = useState(false)
  const dropped = useDropped()
  const rows = before.rows
  const spots = useRef({ before, after })
  spots.current = { before, after }
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is dropped is put by the designer as it is then
  useEffect(() => {
    const element = own.current
    if (element === null) return
    const allowedEdges: Edge[] = beside ? ['left', 'right'] : ['top', 'bottom']
    const show = ({ self, location }: ElementDropTargetEventBasePayload) =>
      setEdge(location.current.dropTargets[0]?.element === element ? extractClosestEdge(self.data) : null)
    return combine(
      draggable({
        element,
        getInitialData: () => ({ path }),
        onDragStart: () => setDragging(true),
        onDrop: () => setDragging(false),
      }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => fits(source.data as Dragged, rows) && source.data.path !== path,
        getData: ({ input }) => attachClosestEdge({ path }, { element, input, allowedEdges }),
        onDragEnter: show,
        onDrag: show,
        onDragLeave: () => setEdge(null),
        onDrop: ({ self, source, location }) => {
          setEdge(null)
          if (location.current.dropTargets[0]?.element !== element) return
          const side = extractClosestEdge(self.data)
          const first = side === 'left' || side === 'top'
          dropped(source.data as Dragged, first ? spots.current.before : spots.current.after)
        },
      }),
    )
  }, [own, path, rows, beside])
  return { edge, dragging }
}

/** A place that takes fields at its end: a section, rows, the empty canvas. */
export function usePlaceDrop(own: RefObject<HTMLElement | null>, spot: Spot): boolean {
  const [over, setOver] = useState(false)
  const dropped = useDropped()
  const latest = useRef(spot)
  latest.current = spot
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is dropped is put by the designer as it is then
  useEffect(() => {
    const element = own.current
    if (element === null) return
    return dropTargetForElements({
      element,
      canDrop: ({ source }) => fits(source.data as Dragged, spot.rows),
      onDrag: ({ location }) => setOver(location.current.dropTargets[0]?.element === element),
      onDragLeave: () => setOver(false),
      onDrop: ({ source, location }) => {
        setOver(false)
        if (location.current.dropTargets[0]?.element === element) dropped(source.data as Dragged, latest.current)
      },
    })
  }, [own, spot.rows])
  return over
}
