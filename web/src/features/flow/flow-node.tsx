/** A node on the canvas 节点卡片: what it is, who is asked, how, until when. */
import { Handle, type Node, type NodeProps, Position } from '@xyflow/react'
import { CircleAlert, StickyNote } from 'lucide-react'
import { memo } from 'react'
import { pick, useT } from '@/i18n/i18n'
import type { FlowNode } from '@/nodes/drawing/definition'
import { nodeTypeNamed } from '@/nodes/registry'
import { looseExits } from './edits'
import css from './flow.module.css'
import { InsertButton } from './insert-menu'
import { useOverlay } from './overlay'
import { nodeName, useSurroundings } from './use-flow'

export interface CardData extends Record<string, unknown> {
  node: FlowNode
  start: boolean
  /** What is wrong here, in sentences. */
  wrong: string[] | undefined
  note: string | undefined
  size: { width: number; height: number }
}

export type CardNode = Node<CardData, 'card'>

function Loose({ id, node, exits }: { id: string; node: FlowNode; exits: string[] }) {
  const t = useT()
  const known = nodeTypeNamed(node.type)?.exits(node) ?? []
  const word = (exit: string) => {
    const label = known.find((each) => each.id === exit)?.label ?? ''
    return typeof label === 'string' ? label : pick(label)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keeps the menu's clicks from selecting the node
    // biome-ignore lint/a11y/useKeyWithClickEvents: the buttons themselves hear keys
    <div className={`${css.loose} nodrag nopan`} onClick={(event) => event.stopPropagation()}>
      {exits.map((exit) => (
        <span key={exit} className={css.looseExit}>
          <i aria-hidden />
          {word(exit) ? <small>{word(exit)}</small> : null}
          <InsertButton line={{ from: id, exit }} label={t('flow.insertAfter')} />
        </span>
      ))}
    </div>
  )
}

/** A place on the way that is shown, and a figure. */
function Marks({ id }: { id: string }) {
  const step = useOverlay(({ trail }) => trail?.nodes.indexOf(id) ?? -1)
  const tone = useOverlay(({ trail }) => trail?.tone)
  const badge = useOverlay(({ badges }) => badges[id])
  return (
    <>
      {step < 0 ? null : (
        <span className={css.step} data-tone={tone}>
          {step + 1}
        </span>
      )}
      {badge === undefined ? null : (
        <span
          className={css.badge}
          title={badge.title}
          style={{ background: `var(--hue-${badge.hue}-tint)`, color: `var(--hue-${badge.hue}-ink)` }}
        >
          {badge.text}
        </span>
      )}
    </>
  )
}

function Card({ id, data, selected }: NodeProps<CardNode>) {
  const t = useT()
  const context = useSurroundings()
  const trail = useOverlay((overlay) => (overlay.trail?.nodes.includes(id) ? overlay.trail.tone : undefined))
  const { node, start, wrong, note, size } = data
  const type = nodeTypeNamed(node.type)
  const Icon = type?.icon
  const Summary = type?.Summary
  const hue = type?.hue ?? 'grey'
  const loose = looseExits(node)
  return (
    <div
      className={css.card}
      data-node={id}
      data-selected={selected}
      data-wrong={wrong !== undefined}
      data-trail={trail}
      data-ends={type?.ends === true}
      style={size}
    >
      <Handle type="target" position={Position.Top} className={css.handle} />
      <span className={css.tile} style={{ background: `var(--hue-${hue}-tint)`, color: `var(--hue-${hue}-ink)` }}>
        {Icon ? <Icon size={16} aria-hidden /> : null}
      </span>
      <div className={css.cardText}>
        <div className={css.cardTitle} title={nodeName(node)}>
          {nodeName(node)}
        </div>
        <div className={css.cardSummary}>
          {Summary ? <Summary node={node} context={context} /> : <div>{type ? pick(type.label) : node.type}</div>}
        </div>
      </div>
      {start ? <span className={css.startMark}>{t('flow.start')}</span> : null}
      {note === undefined ? null : (
        <span className={css.noteMark} title={note}>
          <StickyNote size={15} role="img" aria-label={t('flow.noteIs', { note })} />
        </span>
      )}
      {wrong === undefined ? null : (
        <span className={css.wrongMark} title={wrong.join('\n')}>
          <CircleAlert size={16} role="img" aria-label={t('flow.problemsHere', { count: wrong.length })} />
        </span>
      )}
      <Marks id={id} />
      {type?.ends ? null : <Handle type="source" position={Position.Bottom} className={css.handle} />}
      {loose.length > 0 ? <Loose id={id} node={node} exits={loose} /> : null}
    </div>
  )
}

/** Drawn again only when its own node changes. */
export const FlowNodeCard = memo(
  Card,
  (before, after) => before.data === after.data && before.selected === after.selected && before.id === after.id,
)
