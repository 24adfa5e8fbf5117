/** Filling in 填写: the start of a workflow, or a form to complete in between. */
import { PencilLine } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { type NodeSettingsProps, type NodeSummaryProps, nodeType } from './node'
import { Answering, type Asked, Copies, Deadlines, FieldAccess } from './parts/asked'
import { type Assignee, rulesInWords } from './parts/assignee'
import { Assignees } from './parts/assignees'
import { Choose } from './parts/choose'
import { duesInWords } from './parts/due-list'
import { EmptyPolicy } from './parts/empty-policy'
import { Fold } from './parts/fold'
import css from './parts/nodes.module.css'
import { Setting, Settings } from './parts/setting'

const INITIATOR: Assignee[] = [{ initiator: true }]
const ACTIONS = ['submit'] as const

function Pane({ node, onChange, context }: NodeSettingsProps<Asked>) {
  const t = useT()
  const asked = { node, actions: ACTIONS, context, onChange: (patch: Asked) => onChange(patch) }
  return (
    <Settings>
      <Setting label={t('nodes.assignees')} hint={t('asking.fillHint')}>
        <Assignees
          value={node.assignees ?? INITIATOR}
          context={context}
          onChange={(assignees) => onChange({ assignees })}
        />
      </Setting>
      <div className={css.folds}>
        <FieldAccess {...asked} />
        <Deadlines {...asked} />
        <Answering {...asked} />
        <Copies {...asked} />
        <Fold title={t('asking.edges')}>
          <EmptyPolicy
            value={node.empty}
            context={context}
            onChange={(empty) => onChange({ empty } as Partial<Asked>)}
          />
          <Choose
            label={t('asking.reentry')}
            words={['recompute', 'same'] as const}
            say={(word) => t(`asking.reentryWords.${word}`)}
            value={node.reentry}
            onChange={(reentry) => onChange({ reentry } as Partial<Asked>)}
          />
        </Fold>
      </div>
    </Settings>
  )
}

function Summary({ node, context }: NodeSummaryProps<Asked>) {
  const t = useT()
  const due = duesInWords(node.due, context, t)
  return (
    <>
      <div className={css.who}>{rulesInWords(node.assignees ?? INITIATOR, context, t)}</div>
      {due ? <div className={css.due}>{due}</div> : null}
    </>
  )
}

export default nodeType<Asked>({
  label: { zh: '填写', en: 'Fill in' },
  hint: { zh: '请人补充填写表单', en: 'Ask somebody to fill in the form' },
  icon: PencilLine,
  hue: 'teal',
  blank: { assignees: [{ initiator: true }] },
  insertable: true,
  asks: true,
  order: 20,
  starts: true,
  exits: (node) => [{ id: Object.keys(node.on ?? {})[0] ?? 'submit', label: '' }],
  lines: (node) => (node.due?.length ? 2 : 1),
  Settings: Pane,
  Summary,
})
