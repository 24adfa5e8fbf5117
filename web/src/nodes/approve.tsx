/** Approval 审批: some people decide; `agree` says how many of them must. */
import { Checkbox, Select } from 'antd'
import { Stamp } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { type NodeSettingsProps, type NodeSummaryProps, nodeType } from './node'
import { Answering, type Asked, Copies, Deadlines, FieldAccess } from './parts/asked'
import { rulesInWords } from './parts/assignee'
import { Assignees } from './parts/assignees'
import { type Ballot, BallotSettings, ballotInWords } from './parts/ballot'
import { Choose } from './parts/choose'
import { duesInWords } from './parts/due-list'
import { EmptyPolicy } from './parts/empty-policy'
import { Fold } from './parts/fold'
import css from './parts/nodes.module.css'
import { Setting, Settings } from './parts/setting'

const ACTIONS = ['approve', 'reject', 'return', 'transfer', 'delegate', 'add_signer', 'end'] as const
const RETURNS = ['any', 'start', 'previous'] as const
const AFTER = ['rerun', 'straight', 'choose'] as const
const POSITIONS = ['before', 'after', 'beside'] as const
const INITIATOR = ['ask', 'skip', 'superior', 'head'] as const
const USUAL: Action[] = ['approve', 'reject', 'return', 'transfer']
type Action = (typeof ACTIONS)[number]

interface ApproveSettings extends Asked, Ballot {
  actions?: Action[]
  initiator?: (typeof INITIATOR)[number]
  return_to?: (typeof RETURNS)[number]
  return_nodes?: string[]
  after_return?: (typeof AFTER)[number]
  add_positions?: (typeof POSITIONS)[number][]
  add_after?: 'agrees' | 'waits'
  add_levels?: number
}

type PaneProps = NodeSettingsProps<ApproveSettings>

/** Where it may be sent back to, and what follows. */
function Returning({ id, node, onChange, context }: PaneProps) {
  const t = useT()
  const places = context.nodes.filter((each) => each.id !== id && each.asks)
  return (
    <Fold title={t('asking.returning')} said={t(`nodes.returnWords.${node.return_to ?? 'any'}`)}>
      <Choose
        label={t('nodes.returnTo')}
        words={RETURNS}
        say={(word) => t(`nodes.returnWords.${word}`)}
        value={node.return_to}
        onChange={(return_to) => onChange({ return_to } as Partial<ApproveSettings>)}
      />
      {(node.return_to ?? 'any') === 'any' ? (
        <Setting label={t('asking.returnNodes')} hint={t('asking.returnNodesHint')}>
          <Select
            mode="multiple"
            showSearch={{ optionFilterProp: 'label' }}
            value={node.return_nodes ?? []}
            aria-label={t('asking.returnNodes')}
            placeholder={t('asking.allPassed')}
            options={places.map((each) => ({ value: each.id, label: each.label }))}
            onChange={(chosen: string[]) =>
              onChange({ return_nodes: chosen.length > 0 ? chosen : undefined } as Partial<ApproveSettings>)
            }
          />
        </Setting>
      ) : null}
      <Choose
        label={t('asking.afterReturn')}
        words={AFTER}
        say={(word) => t(`asking.afterReturnWords.${word}`)}
        value={node.after_return}
        onChange={(after_return) => onChange({ after_return } as Partial<ApproveSettings>)}
      />
    </Fold>
  )
}

/** Where a signer may be added. */
function Adding({ node, onChange }: PaneProps) {
  const t = useT()
  const positions = node.add_positions ?? [...POSITIONS]
  return (
    <Fold title={t('asking.adding')} said={positions.map((word) => t(`asking.addWords.${word}`)).join(' · ')}>
      <Checkbox.Group
        value={positions}
        options={POSITIONS.map((word) => ({ value: word, label: t(`asking.addWords.${word}`) }))}
        onChange={(chosen) => {
          const next = POSITIONS.filter((word) => chosen.includes(word))
          const all = next.length === POSITIONS.length
          onChange({ add_positions: all ? undefined : next } as Partial<ApproveSettings>)
        }}
      />
      <Choose
        label={t('asking.addAfter')}
        words={['agrees', 'waits'] as const}
        say={(word) => t(`asking.addAfterWords.${word}`)}
        value={node.add_after}
        onChange={(add_after) => onChange({ add_after } as Partial<ApproveSettings>)}
      />
      <Choose
        label={t('asking.addLevels')}
        words={['1', '2', '3'] as const}
        say={(word) => t(`asking.addLevelsWords.${word}`)}
        value={String(node.add_levels ?? 1) as '1'}
        onChange={(levels) => onChange({ add_levels: levels && Number(levels) } as Partial<ApproveSettings>)}
      />
    </Fold>
  )
}

/** What happens at the edges: nobody there, the initiator himself, reached again. */
function Edges({ node, onChange, context }: PaneProps) {
  const t = useT()
  return (
    <Fold title={t('asking.edges')}>
      <EmptyPolicy
        value={node.empty}
        context={context}
        onChange={(empty) => onChange({ empty } as Partial<ApproveSettings>)}
      />
      <Choose
        label={t('asking.isInitiator')}
        words={INITIATOR}
        say={(word) => t(`asking.isInitiatorWords.${word}`)}
        value={node.initiator}
        onChange={(initiator) => onChange({ initiator } as Partial<ApproveSettings>)}
      />
      <Choose
        label={t('asking.reentry')}
        words={['recompute', 'same'] as const}
        say={(word) => t(`asking.reentryWords.${word}`)}
        value={node.reentry}
        onChange={(reentry) => onChange({ reentry } as Partial<ApproveSettings>)}
      />
    </Fold>
  )
}

function Pane(props: PaneProps) {
  const t = useT()
  const { node, onChange, context } = props
  const actions = node.actions ?? USUAL
  const asked = { node, actions, context, onChange: (patch: Asked) => onChange(patch as Partial<ApproveSettings>) }
  return (
    <Settings>
      <Setting label={t('nodes.assignees')}>
        <Assignees value={node.assignees ?? []} context={context} onChange={(assignees) => onChange({ assignees })} />
      </Setting>
      <BallotSettings
        ballot={node}
        context={context}
        onChange={(patch) => onChange(patch as Partial<ApproveSettings>)}
      />
      <Setting label={t('nodes.actions')}>
        <Checkbox.Group
          className={css.checks}
          value={actions}
          options={ACTIONS.map((word) => ({
            value: word,
            label: t(`nodes.action.${word}`),
            disabled: word === 'approve',
          }))}
          onChange={(chosen) => onChange({ actions: ACTIONS.filter((word) => chosen.includes(word)) })}
        />
      </Setting>
      <div className={css.folds}>
        <Deadlines {...asked} />
        <FieldAccess {...asked} />
        <Answering {...asked} />
        {actions.includes('return') ? <Returning {...props} /> : null}
        {actions.includes('add_signer') ? <Adding {...props} /> : null}
        <Copies {...asked} />
        <Edges {...props} />
      </div>
    </Settings>
  )
}

function Summary({ node, context }: NodeSummaryProps<ApproveSettings>) {
  const t = useT()
  const due = duesInWords(node.due, context, t)
  return (
    <>
      <div className={css.who}>{rulesInWords(node.assignees, context, t)}</div>
      <div className={css.hint}>{ballotInWords(node, t)}</div>
      {due ? <div className={css.due}>{due}</div> : null}
    </>
  )
}

export default nodeType<ApproveSettings>({
  label: { zh: '审批', en: 'Approval' },
  hint: { zh: '请一个人或几个人同意', en: 'Ask one person or several to agree' },
  icon: Stamp,
  hue: 'blue',
  blank: { assignees: [{ superior_of: 'initiator' }] },
  insertable: true,
  asks: true,
  order: 10,
  conditional: { zh: '条件审批', en: 'Conditional approval' },
  exits: () => [
    { id: 'approved', label: { zh: '同意', en: 'Approved' } },
    { id: 'rejected', label: { zh: '拒绝', en: 'Rejected' } },
  ],
  wire: (target, nodes) => {
    const refused = Object.entries(nodes).find(([, node]) => node.status === 'rejected')?.[0]
    return { approved: target, ...(refused === undefined ? {} : { rejected: refused }) }
  },
  lines: (node) => (node.due?.length ? 3 : 2),
  Settings: Pane,
  Summary,
})
