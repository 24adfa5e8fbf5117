/** What every node that asks people shares 办理节点的设置: fields, words, signatures, buttons, checks, copies, deadlines. */
import { Input, Select } from 'antd'
import { useT } from '@/i18n/i18n'
import type { NodeSurroundings } from '../node'
import { type Access, AccessMatrix, accessCounts } from './access-matrix'
import { type Assignee, rulesInWords } from './assignee'
import { Assignees } from './assignees'
import { type Due, DueList, duesInWords } from './due-list'
import type { Empty } from './empty-policy'
import { Fold } from './fold'
import { type NodeCheck, NodeChecks } from './node-checks'
import css from './nodes.module.css'
import { Setting } from './setting'

export interface Asked {
  assignees?: Assignee[]
  empty?: Empty
  fields?: Record<string, Access>
  comment_required?: string[]
  signature_required?: string[]
  buttons?: Record<string, string>
  checks?: NodeCheck[]
  copy_on_arrival?: Assignee[]
  copy_after?: Assignee[]
  due?: Due[]
  reentry?: 'recompute' | 'same'
}

interface AskedProps {
  node: Asked
  /** What may be done here, in the order of the bar. */
  actions: readonly string[]
  onChange: (patch: Asked) => void
  context: NodeSurroundings
}

/** Fields: always in sight when something is said about them. */
export function FieldAccess({ node, onChange, context }: Omit<AskedProps, 'actions'>) {
  const t = useT()
  const said = accessCounts(node.fields)
    .map(([word, count]) => `${t(`nodes.access.${word}`)} ${count}`)
    .join(' · ')
  return (
    <Fold title={t('nodes.fields')} said={said || t('asking.byGroups')}>
      <AccessMatrix fields={context.fields} value={node.fields} onChange={(fields) => onChange({ fields } as Asked)} />
    </Fold>
  )
}

/** Deadlines. */
export function Deadlines({ node, onChange, context }: Omit<AskedProps, 'actions'>) {
  const t = useT()
  return (
    <Fold title={t('asking.due')} said={duesInWords(node.due, context, t)}>
      <span className={css.hint}>{t('asking.dueHint')}</span>
      <DueList value={node.due} context={context} onChange={(due) => onChange({ due } as Asked)} />
    </Fold>
  )
}

function Words({ node, actions, onChange }: Omit<AskedProps, 'context'>) {
  const t = useT()
  const set = (action: string, word: string) => {
    const { [action]: _before, ...rest } = node.buttons ?? {}
    const buttons = word === '' ? rest : { ...rest, [action]: word }
    onChange({ buttons: Object.keys(buttons).length > 0 ? buttons : undefined } as Asked)
  }
  return (
    <Setting label={t('asking.buttons')} hint={t('asking.buttonsHint')}>
      {actions.map((action) => (
        <div key={action} className={css.inline}>
          <span>{t(`nodes.action.${action}`)}</span>
          <Input
            size="small"
            maxLength={20}
            value={node.buttons?.[action] ?? ''}
            placeholder={t(`nodes.action.${action}`)}
            aria-label={t('asking.buttonOf', { action: t(`nodes.action.${action}`) })}
            onChange={(event) => set(action, event.target.value)}
          />
        </div>
      ))}
    </Setting>
  )
}

/** Comment, signature, words on the buttons, checks. */
export function Answering({ node, actions, onChange, context }: AskedProps) {
  const t = useT()
  const options = actions.map((word) => ({ value: word, label: t(`nodes.action.${word}`) }))
  const several = (chosen: string[]) => (chosen.length > 0 ? chosen : undefined)
  const said = [
    node.comment_required?.length ? t('asking.saidComment') : '',
    node.signature_required?.length ? t('asking.saidSignature') : '',
    node.checks?.length ? t('asking.saidChecks', { count: node.checks.length }) : '',
  ]
  return (
    <Fold title={t('asking.answering')} said={said.filter(Boolean).join(' · ')}>
      <Setting label={t('nodes.comment')}>
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          value={node.comment_required ?? []}
          aria-label={t('nodes.comment')}
          placeholder={t('asking.never')}
          options={options}
          onChange={(chosen) => onChange({ comment_required: several(chosen) } as Asked)}
        />
      </Setting>
      <Setting label={t('asking.signature')} hint={t('asking.signatureHint')}>
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          value={node.signature_required ?? []}
          aria-label={t('asking.signature')}
          placeholder={t('asking.never')}
          options={options}
          onChange={(chosen) => onChange({ signature_required: several(chosen) } as Asked)}
        />
      </Setting>
      <Setting label={t('asking.checks')} hint={t('asking.checksHint')}>
        <NodeChecks value={node.checks} context={context} onChange={(checks) => onChange({ checks } as Asked)} />
      </Setting>
      <Words {...{ node, actions, onChange }} />
    </Fold>
  )
}

/** Who is told when it is reached and when it is left. */
export function Copies({ node, onChange, context }: Omit<AskedProps, 'actions'>) {
  const t = useT()
  const all = [...(node.copy_on_arrival ?? []), ...(node.copy_after ?? [])]
  const kept = (rules: Assignee[]) => (rules.length > 0 ? rules : undefined)
  return (
    <Fold title={t('asking.copies')} said={all.length > 0 ? rulesInWords(all, context, t) : ''}>
      {(['copy_on_arrival', 'copy_after'] as const).map((when) => (
        <Setting key={when} label={t(`asking.${when}`)}>
          <Assignees
            value={node[when] ?? []}
            context={context}
            add={t('asking.addCopy')}
            onChange={(rules) => onChange({ [when]: kept(rules) } as Asked)}
          />
        </Setting>
      ))}
    </Fold>
  )
}
