/** Approval 审批: some people decide; `agree` says how many of them must. */
import { Checkbox, InputNumber, Select } from 'antd'
import { Stamp } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { type NodeSettingsProps, type NodeSummaryProps, nodeType } from './node'
import { type Access, AccessMatrix } from './parts/access-matrix'
import { type Assignee, rulesInWords } from './parts/assignee'
import { Assignees } from './parts/assignees'
import { type Empty, EmptyPolicy } from './parts/empty-policy'
import css from './parts/nodes.module.css'
import { Setting, Settings } from './parts/setting'

const AGREE = ['any', 'all', 'in_turn', 'ratio'] as const
const ACTIONS = ['approve', 'reject', 'return', 'transfer', 'delegate', 'add_signer'] as const
const RETURNS = ['any', 'start', 'previous'] as const
const USUAL: Action[] = ['approve', 'reject', 'return', 'transfer']
const HALF = 50
type Action = (typeof ACTIONS)[number]

interface ApproveSettings {
  assignees?: Assignee[]
  agree?: (typeof AGREE)[number]
  ratio?: number | string
  rejects?: 'one' | 'all'
  empty?: Empty
  actions?: Action[]
  return_to?: (typeof RETURNS)[number]
  fields?: Record<string, Access>
  comment_required?: Action[]
}

function Pane({ node, onChange, context }: NodeSettingsProps<ApproveSettings>) {
  const t = useT()
  const actions = node.actions ?? USUAL
  const agree = node.agree ?? 'any'
  return (
    <Settings>
      <Setting label={t('nodes.assignees')}>
        <Assignees value={node.assignees ?? []} context={context} onChange={(assignees) => onChange({ assignees })} />
      </Setting>
      <Setting label={t('nodes.agree')}>
        <Select
          value={agree}
          aria-label={t('nodes.agree')}
          options={AGREE.map((word) => ({ value: word, label: t(`nodes.agreeWords.${word}`) }))}
          onChange={(next) => onChange({ agree: next, ratio: undefined })}
        />
      </Setting>
      {agree === 'ratio' ? (
        <Setting label={t('nodes.ratio')}>
          <InputNumber
            value={Number(node.ratio ?? HALF)}
            min={1}
            max={100}
            aria-label={t('nodes.ratio')}
            style={{ width: '100%' }}
            onChange={(ratio) => onChange({ ratio: ratio ?? undefined })}
          />
        </Setting>
      ) : null}
      <EmptyPolicy value={node.empty} context={context} onChange={(empty) => onChange({ empty })} />
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
      {actions.includes('return') ? (
        <Setting label={t('nodes.returnTo')}>
          <Select
            value={node.return_to ?? 'any'}
            aria-label={t('nodes.returnTo')}
            options={RETURNS.map((word) => ({ value: word, label: t(`nodes.returnWords.${word}`) }))}
            onChange={(return_to) => onChange({ return_to: return_to === 'any' ? undefined : return_to })}
          />
        </Setting>
      ) : null}
      <Setting label={t('nodes.comment')}>
        <Select
          mode="multiple"
          value={node.comment_required ?? []}
          aria-label={t('nodes.comment')}
          options={actions.map((word) => ({ value: word, label: t(`nodes.action.${word}`) }))}
          onChange={(chosen) => onChange({ comment_required: chosen.length > 0 ? chosen : undefined })}
        />
      </Setting>
      <Setting label={t('nodes.fields')}>
        <AccessMatrix fields={context.fields} value={node.fields} onChange={(fields) => onChange({ fields })} />
      </Setting>
    </Settings>
  )
}

function Summary({ node, context }: NodeSummaryProps<ApproveSettings>) {
  const t = useT()
  const agree = node.agree ?? 'any'
  const several = (node.assignees?.length ?? 0) > 1 || agree !== 'any'
  return (
    <>
      <div className={css.who}>{rulesInWords(node.assignees, context, t)}</div>
      <div className={css.hint}>
        {several ? t(`nodes.agreeShort.${agree}`, { ratio: String(node.ratio ?? HALF) }) : t('nodes.agreeShort.any')}
      </div>
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
  lines: () => 2,
  Settings: Pane,
  Summary,
})
