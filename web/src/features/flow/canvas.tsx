/** The workflow as a drawing 流程画布. */
import {
  applyNodeChanges,
  Background,
  BackgroundVariant,
  type Connection,
  MarkerType,
  MiniMap,
  type NodeChange,
  Panel,
  ReactFlow,
  useReactFlow,
} from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { Modal } from 'antd'
import { Map as MapIcon, Maximize, Network, ZoomIn, ZoomOut } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { pick, useT } from '@/i18n/i18n'
import { useIsPhone } from '@/lib/use-is-phone'
import { nodeTypeNamed } from '@/nodes/registry'
import { IconButton } from '@/ui/icon-button'
import { type FlowNode, type Line, nameOf, type Workflow } from './definition'
import { exitsOf, exitsToDraw, waysOf } from './edits'
import css from './flow.module.css'
import { FlowLine, type LineEdge } from './flow-line'
import { type CardNode, FlowNodeCard } from './flow-node'
import { type Drawn, draw, sizeOf, WIDTH } from './tidy'
import { useFlow } from './use-flow'

const NODE_TYPES = { card: FlowNodeCard }
const EDGE_TYPES = { line: FlowLine }
const CLOSE = 0.85

function cardsOf(workflow: Workflow, drawn: Drawn): CardNode[] {
  return Object.keys(workflow.nodes).map((id) => ({
    id,
    type: 'card',
    position: drawn.places[id] ?? { x: 0, y: 0 },
    data: {},
    ...sizeOf(workflow, id),
  }))
}

function linesOf(workflow: Workflow, drawn: Drawn, chosen: string): LineEdge[] {
  return waysOf(workflow).map((way) => {
    const id = nameOf(way)
    const [from, to] = [drawn.places[way.from] ?? { x: 0, y: 0 }, drawn.places[way.to] ?? { x: 0, y: 0 }]
    const [above, below] = [sizeOf(workflow, way.from), sizeOf(workflow, way.to)]
    const node = workflow.nodes[way.from] as FlowNode
    const asks = nodeTypeNamed(node.type)?.conditional !== undefined
    return {
      id,
      type: 'line',
      source: way.from,
      target: way.to,
      selected: chosen === id,
      // the upper end belongs to the node's handle, from which a new line is drawn
      reconnectable: 'target',
      markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16, color: 'var(--line-strong)' },
      data: {
        from: way.from,
        exit: way.exit,
        corners: drawn.lines[id]?.corners ?? [],
        label: drawn.lines[id]?.label ?? from,
        quiet: asks && exitsOf(node)[0] !== way.exit,
        ends: [
          { x: from.x + above.width / 2, y: from.y + above.height },
          { x: to.x + below.width / 2, y: to.y },
        ],
      },
    }
  })
}

function Tools({ map, onMap }: { map: boolean; onMap: () => void }) {
  const t = useT()
  const { change } = useFlow()
  const { zoomIn, zoomOut, fitView } = useReactFlow()
  const tidyUp = () => {
    change((draft) => {
      delete draft.drawing
    })
    setTimeout(() => void fitView({ duration: 150, padding: 0.2, maxZoom: 1 }), 30)
  }
  return (
    <Panel position="bottom-left" className={css.tools}>
      <IconButton icon={ZoomOut} label={t('flow.zoomOut')} onClick={() => void zoomOut({ duration: 90 })} />
      <IconButton icon={ZoomIn} label={t('flow.zoomIn')} onClick={() => void zoomIn({ duration: 90 })} />
      <IconButton
        icon={Maximize}
        label={t('flow.fit')}
        onClick={() => void fitView({ duration: 150, padding: 0.2, maxZoom: 1 })}
      />
      <IconButton icon={Network} label={t('flow.tidy')} onClick={tidyUp} />
      <IconButton icon={MapIcon} label={t('flow.map')} type={map ? 'default' : 'text'} onClick={onMap} />
    </Panel>
  )
}

/** Asks which exit a drawn line comes from, when there are several. */
function WhichExit({ asked, onDone }: { asked: { from: string; to: string } | null; onDone: (exit?: string) => void }) {
  const t = useT()
  const { workflow } = useFlow()
  const node = asked === null ? undefined : workflow.nodes[asked.from]
  const exits = node === undefined ? [] : (nodeTypeNamed(node.type)?.exits(node) ?? [])
  return (
    <Modal
      open={asked !== null}
      title={t('flow.whichExit')}
      footer={null}
      width={360}
      centered
      onCancel={() => onDone()}
    >
      <div className={css.exits}>
        {exits.map(({ id, label }) => (
          <button key={id} type="button" onClick={() => onDone(id)}>
            {(typeof label === 'string' ? label : pick(label)) || id}
          </button>
        ))}
      </div>
    </Modal>
  )
}

/** Cards and lines; both follow the workflow, only a drag is ahead of it. */
export function FlowCanvas({
  line,
  onLine,
  onOpen,
}: {
  line: Line | null
  onLine: (line: Line | null) => void
  onOpen: () => void
}) {
  const t = useT()
  const phone = useIsPhone()
  const { workflow, select, selected, change, lead } = useFlow()
  const { setCenter, getViewport } = useReactFlow()
  const begin = () => {
    const place = drawn.places[workflow.start]
    if (phone && place !== undefined) void setCenter(place.x + WIDTH / 2, place.y + 250, { zoom: CLOSE })
  }
  const drawn = useMemo(() => draw(workflow), [workflow])
  const settled = useMemo(() => cardsOf(workflow, drawn), [workflow, drawn])
  const [cards, setCards] = useState(settled)
  const [asked, setAsked] = useState<{ from: string; to: string } | null>(null)
  const [map, setMap] = useState(false)
  useEffect(() => setCards(settled), [settled])
  const edges = useMemo(() => linesOf(workflow, drawn, line === null ? '' : nameOf(line)), [workflow, drawn, line])
  useEffect(() => {
    const place = selected === '' ? undefined : drawn.places[selected]
    const box = document.querySelector(`.${css.canvas}`)?.getBoundingClientRect()
    if (place === undefined || !box) return
    const { x, y, zoom } = getViewport()
    const size = sizeOf(workflow, selected)
    const [left, top] = [place.x * zoom + x, place.y * zoom + y]
    const outside = left < 0 || top < 0 || left + size.width * zoom > box.width || top + size.height * zoom > box.height
    if (outside) void setCenter(place.x + WIDTH / 2, place.y + 40, { zoom, duration: 150 })
  }, [selected, drawn, workflow, setCenter, getViewport])

  const moved = (changes: NodeChange<CardNode>[]) => setCards((before) => applyNodeChanges(changes, before))
  const keepPlaces = () => {
    const drawing = Object.fromEntries(
      cards.map(({ id, position }): [string, [number, number]] => [
        id,
        [Math.round(position.x), Math.round(position.y)],
      ]),
    )
    change((draft) => {
      draft.drawing = drawing
    })
  }
  const connected = ({ source, target }: Connection) => {
    const node = workflow.nodes[source]
    if (node === undefined || source === target) return
    const exits = exitsToDraw(node)
    if (exits.length === 1) lead({ from: source, exit: exits[0] as string }, target)
    else setAsked({ from: source, to: target })
  }
  return (
    <div className={css.canvas}>
      <ReactFlow<CardNode, LineEdge>
        nodes={cards}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        onInit={begin}
        onNodesChange={moved}
        onNodeDragStop={keepPlaces}
        onNodeClick={(_, { id }) => {
          onLine(null)
          select(id)
          onOpen()
        }}
        onEdgeClick={(_, edge) => {
          select('')
          onLine(edge.data === undefined ? null : { from: edge.data.from, exit: edge.data.exit })
        }}
        onPaneClick={() => {
          select('')
          onLine(null)
        }}
        onConnect={connected}
        onReconnect={(edge, { target }) => {
          if (edge.data !== undefined) lead({ from: edge.data.from, exit: edge.data.exit }, target)
        }}
        deleteKeyCode={null}
        nodeDragThreshold={4}
        minZoom={0.2}
        maxZoom={1.6}
        fitView={!phone}
        fitViewOptions={{ padding: 0.16, maxZoom: 1, minZoom: 0.5 }}
        aria-label={t('flow.canvas')}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1} color="var(--line-strong)" />
        <Tools map={map} onMap={() => setMap(!map)} />
        {map ? (
          <MiniMap pannable zoomable className={css.map} nodeColor="var(--line-strong)" maskColor="var(--scrim)" />
        ) : null}
      </ReactFlow>
      <WhichExit
        asked={asked}
        onDone={(exit) => {
          if (asked !== null && exit !== undefined) lead({ from: asked.from, exit }, asked.to)
          setAsked(null)
        }}
      />
    </div>
  )
}
