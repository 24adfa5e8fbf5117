/** A node on the canvas 节点卡片: what it is, who is asked, how. */
import { Handle, type Node, type NodeProps, Position } from '@xyflow/react'
import { CircleAlert } from 'lucide-react'
import { memo } from 'react'
import { pick, useT } from '@/i18n/i18n'
import { nodeTypeNamed } from '@/nodes/registry'
import { looseExits } from './edits'
import css from './flow.module.css'
import { InsertMenu } from './insert-menu'
import { sizeOf } from './tidy'
import { nodeName, useFlow } from './use-flow'

export type CardNode = Node<Record<string, never>, 'card'>

function Loose({ id, exits }: { id: string; exits: string[] }) {
  const t = useT()
  const { workflow } = useFlow()
  const node = workflow.nodes[id]
  const known = node === undefined ? [] : (nodeTypeNamed(node.type)?.exits(node) ?? [])
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
          <InsertMenu line={{ from: id, exit }} label={t('flow.insertAfter')} />
        </span>
      ))}
    </div>
  )
}

function Card({ id }: NodeProps<CardNode>) {
  const t = useT()
  const { workflow, selected, problems, context } = useFlow()
  const node = workflow.nodes[id]
  if (node === undefined) return null
  const type = nodeTypeNamed(node.type)
  const Icon = type?.icon
  const Summary = type?.Summary
  const hue = type?.hue ?? 'grey'
  const wrong = problems.get(id)
  const loose = looseExits(node)
  return (
    <div
      className={css.card}
      data-node={id}
      data-selected={selected === id}
      data-wrong={wrong !== undefined}
      data-ends={type?.ends === true}
      style={sizeOf(workflow, id)}
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
      {id === workflow.start ? <span className={css.startMark}>{t('flow.start')}</span> : null}
      {wrong === undefined ? null : (
        <span className={css.wrongMark} title={wrong.map(({ detail }) => detail).join('\n')}>
          <CircleAlert size={16} aria-label={t('flow.problemsHere', { count: wrong.length })} />
        </span>
      )}
      {type?.ends ? null : <Handle type="source" position={Position.Bottom} className={css.handle} />}
      {loose.length > 0 ? <Loose id={id} exits={loose} /> : null}
    </div>
  )
}

export const FlowNodeCard = memo(Card)
