/** The workflow as a drawing 流程画布. */
import {
  applyNodeChanges,
  Background,
  BackgroundVariant,
  type Connection,
  type FinalConnectionState,
  MarkerType,
  MiniMap,
  type NodeChange,
  ReactFlow,
  SelectionMode,
  useReactFlow,
} from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { pick, useT } from '@/i18n/i18n'
import { useIsPhone } from '@/lib/use-is-phone'
import { type FlowNode, type Line, nameOf, type Workflow } from '@/nodes/drawing/definition'
import { type Drawn, draw, sizeOf, WIDTH } from '@/nodes/drawing/tidy'
import { exitsOf, waysOf } from '@/nodes/drawing/ways'
import { nodeTypeNamed } from '@/nodes/registry'
import type { Trouble } from '@/ui/design/draft'
import { exitsToDraw } from './edits'
import css from './flow.module.css'
import { FlowLine, type LineEdge } from './flow-line'
import { type CardData, type CardNode, FlowNodeCard } from './flow-node'
import { InsertMenu } from './insert-menu'
import { ProblemPanel } from './problem-panel'
import { Finder, Tools, WhichExit } from './tools'
import { TrailWords } from './trail-words'
import { nodeName, useFlow } from './use-flow'

const NODE_TYPES = { card: FlowNodeCard }
const EDGE_TYPES = { line: FlowLine }
const CLOSE = 0.85
/** A taller drawing does not fit the screen so that it can be read: it opens at its start. */
const TALL = 1_400
/** From so many nodes on, what is out of sight is not drawn. */
const MANY = 60
const MARKER = { type: MarkerType.ArrowClosed, width: 16, height: 16, color: 'var(--line-strong)' }

type Known = Map<string, CardNode>

function same(one: CardData, other: CardData): boolean {
  const words = (data: CardData) => data.wrong?.join('\n')
  return (
    one.node === other.node &&
    one.start === other.start &&
    one.note === other.note &&
    one.size.height === other.size.height &&
    words(one) === words(other)
  )
}

/** Cards; one that did not change stays the same object, so that it is not drawn again. */
function cardsOf(
  workflow: Workflow,
  drawn: Drawn,
  problems: Map<string, Trouble[]>,
  chosen: string[],
  known: Known,
): CardNode[] {
  return Object.entries(workflow.nodes).map(([id, node]) => {
    const size = sizeOf(workflow, id)
    const wrong = problems.get(id)?.map(({ detail }) => detail)
    const data: CardData = { node, start: id === workflow.start, wrong, note: workflow.notes?.[id], size }
    const position = drawn.places[id] ?? { x: 0, y: 0 }
    const selected = chosen.includes(id)
    const before = known.get(id)
    const still = before !== undefined && same(before.data, data)
    const stays = before?.position.x === position.x && before.position.y === position.y && before.selected === selected
    const card: CardNode =
      still && stays ? before : { id, type: 'card', position, selected, data: still ? before.data : data, ...size }
    known.set(id, card)
    return card
  })
}

function wordsOf(node: FlowNode, exit: string): string {
  const label = nodeTypeNamed(node.type)
    ?.exits(node)
    .find((each) => each.id === exit)?.label
  return label === undefined ? '' : typeof label === 'string' ? label : pick(label)
}

function linesOf(workflow: Workflow, drawn: Drawn, chosen: string): LineEdge[] {
  return waysOf(workflow).map((way) => {
    const id = nameOf(way)
    const [from, to] = [drawn.places[way.from] ?? { x: 0, y: 0 }, drawn.places[way.to] ?? { x: 0, y: 0 }]
    const above = sizeOf(workflow, way.from)
    const node = workflow.nodes[way.from] as FlowNode
    const type = nodeTypeNamed(node.type)
    return {
      id,
      type: 'line',
      source: way.from,
      target: way.to,
      selected: chosen === id,
      ariaLabel: `${nodeName(node)} → ${nodeName(workflow.nodes[way.to] as FlowNode)}`,
      // the upper end belongs to the node's handle, from which a new line is drawn
      reconnectable: 'target',
      markerEnd: MARKER,
      data: {
        ...way,
        corners: drawn.lines[id]?.corners ?? [],
        label: drawn.lines[id]?.label ?? from,
        guard: type?.guards?.(node)[way.exit],
        words: wordsOf(node, way.exit),
        quiet: type?.conditional !== undefined && exitsOf(node)[0] !== way.exit,
        ends: [
          { x: from.x + WIDTH / 2, y: from.y + above.height },
          { x: to.x + WIDTH / 2, y: to.y },
        ],
      },
    }
  })
}

interface CanvasProps {
  onOpen: () => void
  finding: boolean
  onFinding: (open: boolean) => void
  showsProblems: boolean
  onProblems: (open: boolean) => void
}

/** Moves the view to what was chosen, if it is out of sight. */
function useInSight(drawn: Drawn, shown: string, workflow: Workflow) {
  const { setCenter, getViewport } = useReactFlow()
  useEffect(() => {
    const place = shown === '' ? undefined : drawn.places[shown]
    const box = document.querySelector(`.${css.canvas}`)?.getBoundingClientRect()
    if (place === undefined || !box) return
    const { x, y, zoom } = getViewport()
    const size = sizeOf(workflow, shown)
    const [left, top] = [place.x * zoom + x, place.y * zoom + y]
    const outside = left < 0 || top < 0 || left + size.width * zoom > box.width || top + size.height * zoom > box.height
    if (outside) void setCenter(place.x + WIDTH / 2, place.y + 40, { zoom, duration: 150 })
  }, [shown, drawn, workflow, setCenter, getViewport])
}

/** The card under a pointer that let go; a line need not end at a card's upper edge. */
function cardUnder(event: MouseEvent | TouchEvent): string {
  const { clientX, clientY } = 'changedTouches' in event ? (event.changedTouches[0] as Touch) : event
  const found = document.elementsFromPoint(clientX, clientY).map((each) => each.closest<HTMLElement>('[data-node]'))
  return found.find((card) => card !== null)?.dataset.node ?? ''
}

/** What a drag, a click or a new line does. */
function useDeeds(onOpen: () => void) {
  const { workflow, choose, selectLine, lead, place } = useFlow()
  const [asked, setAsked] = useState<{ from: string; to: string } | null>(null)
  const lineOf = (edge: LineEdge): Line | null =>
    edge.data === undefined ? null : { from: edge.data.from, exit: edge.data.exit }
  const connected = ({ source, target }: Pick<Connection, 'source' | 'target'>) => {
    const node = workflow.nodes[source]
    const exits = node === undefined || source === target ? [] : exitsToDraw(node)
    if (exits.length === 1) lead({ from: source, exit: exits[0] as string }, target)
    else if (exits.length > 1) setAsked({ from: source, to: target })
  }
  const redirected = (edge: LineEdge, { target }: Pick<Connection, 'target'>) => {
    const line = lineOf(edge)
    if (line !== null && line.from !== target) lead(line, target)
  }
  return {
    asked,
    settle: (exit?: string) => {
      if (asked !== null && exit !== undefined) lead({ from: asked.from, exit }, asked.to)
      setAsked(null)
    },
    moved: (nodes: CardNode[]) =>
      place(
        Object.fromEntries(
          nodes.map(({ id, position }) => [id, [Math.round(position.x), Math.round(position.y)] as [number, number]]),
        ),
      ),
    clickedNode: (event: React.MouseEvent) => {
      if (!event.shiftKey && !event.ctrlKey && !event.metaKey) onOpen()
    },
    clickedLine: (_: unknown, edge: LineEdge) => selectLine(lineOf(edge)),
    clickedGround: () => choose([]),
    connected,
    redirected,
    letGo: (event: MouseEvent | TouchEvent, { isValid, fromNode, fromHandle }: FinalConnectionState) => {
      const card = isValid === true ? '' : cardUnder(event)
      if (card === '' || fromNode === null) return
      const [source, target] = fromHandle?.type === 'target' ? [card, fromNode.id] : [fromNode.id, card]
      connected({ source, target })
    },
    letGoOfEnd: (event: MouseEvent | TouchEvent, edge: LineEdge, _: unknown, { isValid }: FinalConnectionState) => {
      const target = isValid === true ? '' : cardUnder(event)
      if (target !== '') redirected(edge, { target })
    },
  }
}

/** Cards and lines; both follow the workflow, only a drag is ahead of it. */
export function FlowCanvas({ onOpen, finding, onFinding, showsProblems, onProblems }: CanvasProps) {
  const t = useT()
  const phone = useIsPhone()
  const { workflow, chosen, choose, select, selected, line, problems } = useFlow()
  const { setCenter, setViewport } = useReactFlow()
  const drawn = useMemo(() => draw(workflow), [workflow])
  const known = useRef<Known>(new Map())
  const settled = useMemo(
    () => cardsOf(workflow, drawn, problems, chosen, known.current),
    [workflow, drawn, problems, chosen],
  )
  const [cards, setCards] = useState(settled)
  const [map, setMap] = useState(false)
  const [choosing, setChoosing] = useState(false)
  useEffect(() => setCards(settled), [settled])
  const edges = useMemo(() => linesOf(workflow, drawn, line === null ? '' : nameOf(line)), [workflow, drawn, line])
  useInSight(drawn, selected, workflow)
  const deeds = useDeeds(onOpen)
  const begin = () => {
    const place = drawn.places[workflow.start]
    const tall = Math.max(...Object.values(drawn.places).map(({ y }) => y)) > TALL
    if (place === undefined || !(phone || tall)) return
    if (phone) void setCenter(place.x + WIDTH / 2, place.y + 250, { zoom: CLOSE })
    else void setViewport({ x: 160 - place.x * CLOSE, y: 60 - place.y * CLOSE, zoom: CLOSE })
  }
  const latest = useRef(chosen)
  latest.current = chosen
  const changed = useCallback(
    (changes: NodeChange<CardNode>[]) => {
      setCards((before) => applyNodeChanges(changes, before))
      const picks = changes.filter((change) => change.type === 'select')
      if (picks.length === 0) return
      const next = new Set(latest.current)
      for (const { id, selected: on } of picks) on ? next.add(id) : next.delete(id)
      choose([...next])
    },
    [choose],
  )
  return (
    <div className={css.canvas} data-choosing={choosing}>
      <ReactFlow<CardNode, LineEdge>
        nodes={cards}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        onInit={begin}
        onNodesChange={changed}
        onNodeDragStop={(_, _node, nodes) => deeds.moved(nodes)}
        onSelectionDragStop={(_, nodes) => deeds.moved(nodes)}
        onNodeClick={deeds.clickedNode}
        onEdgeClick={deeds.clickedLine}
        onPaneClick={deeds.clickedGround}
        onConnect={deeds.connected}
        onConnectEnd={deeds.letGo}
        onReconnect={deeds.redirected}
        onReconnectEnd={deeds.letGoOfEnd}
        deleteKeyCode={null}
        disableKeyboardA11y
        selectionKeyCode="Shift"
        multiSelectionKeyCode={['Shift', 'Control', 'Meta']}
        selectionMode={SelectionMode.Partial}
        selectionOnDrag={choosing}
        panOnDrag={choosing ? [1, 2] : true}
        connectionRadius={56}
        nodeDragThreshold={4}
        minZoom={0.1}
        maxZoom={1.6}
        onlyRenderVisibleElements={cards.length > MANY}
        fitView={!phone}
        fitViewOptions={{ padding: 0.16, maxZoom: 1, minZoom: 0.5 }}
        aria-label={t('flow.canvas')}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1} color="var(--line-strong)" />
        <Tools
          {...{ map, choosing }}
          onMap={() => setMap(!map)}
          onChoosing={() => setChoosing(!choosing)}
          onFind={() => onFinding(true)}
        />
        {finding ? <Finder onGo={select} onClose={() => onFinding(false)} /> : null}
        <TrailWords />
        <ProblemPanel open={showsProblems} onOpen={onProblems} />
        {map ? (
          <MiniMap
            pannable
            zoomable
            position="top-right"
            className={css.map}
            nodeColor="var(--line-strong)"
            maskColor="var(--scrim)"
            ariaLabel={t('flow.map')}
          />
        ) : null}
      </ReactFlow>
      <InsertMenu />
      <WhichExit asked={deeds.asked} onDone={deeds.settle} />
    </div>
  )
}
