/** Filling in 填写: the start of a workflow, or a form to complete in between. */
import { Checkbox } from 'antd'
import { PencilLine } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { type NodeSettingsProps, type NodeSummaryProps, nodeType } from './node'
import { type Access, AccessMatrix } from './parts/access-matrix'
import { type Assignee, rulesInWords } from './parts/assignee'
import { Assignees } from './parts/assignees'
import { type Empty, EmptyPolicy } from './parts/empty-policy'
import { Setting, Settings } from './parts/setting'

interface FillSettings {
  assignees?: Assignee[]
  empty?: Empty
  fields?: Record<string, Access>
  comment_required?: string[]
}

const INITIATOR: Assignee[] = [{ initiator: true }]

function Pane({ node, onChange, context }: NodeSettingsProps<FillSettings>) {
  const t = useT()
  return (
    <Settings>
      <Setting label={t('nodes.assignees')}>
        <Assignees
          value={node.assignees ?? INITIATOR}
          context={context}
          onChange={(assignees) => onChange({ assignees })}
        />
      </Setting>
      <EmptyPolicy value={node.empty} context={context} onChange={(empty) => onChange({ empty })} />
      <Setting label={t('nodes.comment')}>
        <Checkbox
          checked={node.comment_required?.includes('submit') === true}
          onChange={(event) => onChange({ comment_required: event.target.checked ? ['submit'] : undefined })}
        >
          {t('nodes.action.submit')}
        </Checkbox>
      </Setting>
      <Setting label={t('nodes.fields')}>
        <AccessMatrix fields={context.fields} value={node.fields} onChange={(fields) => onChange({ fields })} />
      </Setting>
    </Settings>
  )
}

function Summary({ node, context }: NodeSummaryProps<FillSettings>) {
  const t = useT()
  return <div>{rulesInWords(node.assignees ?? INITIATOR, context, t)}</div>
}

export default nodeType<FillSettings>({
  label: { zh: '填写', en: 'Fill in' },
  hint: { zh: '请人补充填写表单', en: 'Ask somebody to fill in the form' },
  icon: PencilLine,
  hue: 'teal',
  blank: { assignees: [{ initiator: true }] },
  insertable: true,
  order: 20,
  starts: true,
  exits: (node) => [{ id: Object.keys(node.on ?? {})[0] ?? 'submit', label: '' }],
  Settings: Pane,
  Summary,
})
