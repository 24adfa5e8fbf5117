/** A copy 抄送: let somebody know; asks nothing. */
import { Send } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { type NodeSettingsProps, type NodeSummaryProps, nodeType } from './node'
import { type Assignee, rulesInWords } from './parts/assignee'
import { Assignees } from './parts/assignees'
import { Setting, Settings } from './parts/setting'

interface CopySettings {
  assignees?: Assignee[]
}

function Pane({ node, onChange, context }: NodeSettingsProps<CopySettings>) {
  const t = useT()
  return (
    <Settings>
      <Setting label={t('nodes.copyTo')} hint={t('asking.copyHint')}>
        <Assignees value={node.assignees ?? []} context={context} onChange={(assignees) => onChange({ assignees })} />
      </Setting>
    </Settings>
  )
}

function Summary({ node, context }: NodeSummaryProps<CopySettings>) {
  const t = useT()
  return <div>{rulesInWords(node.assignees, context, t)}</div>
}

export default nodeType<CopySettings>({
  label: { zh: '抄送', en: 'Copy' },
  hint: { zh: '让人知道，不需要处理', en: 'Let somebody know; nothing is asked' },
  icon: Send,
  hue: 'purple',
  blank: { assignees: [{ initiator: true }] },
  insertable: true,
  order: 30,
  exits: (node) => [{ id: Object.keys(node.on ?? {})[0] ?? 'next', label: '' }],
  Settings: Pane,
  Summary,
})
