/** A message 通知: words of the workflow's own, with fields in braces. */
import { Input, Select } from 'antd'
import { BellRing } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { type NodeSettingsProps, type NodeSummaryProps, nodeType } from './node'
import { type Assignee, rulesInWords } from './parts/assignee'
import { Assignees } from './parts/assignees'
import { Setting, Settings } from './parts/setting'

interface MessageSettings {
  assignees?: Assignee[]
  message?: string
}

function Pane({ node, onChange, context }: NodeSettingsProps<MessageSettings>) {
  const t = useT()
  const text = node.message ?? ''
  return (
    <Settings>
      <Setting label={t('reaching.to')}>
        <Assignees value={node.assignees ?? []} context={context} onChange={(assignees) => onChange({ assignees })} />
      </Setting>
      <Setting label={t('reaching.message')} hint={t('reaching.messageHint')}>
        <Input.TextArea
          rows={4}
          maxLength={2000}
          value={text}
          aria-label={t('reaching.message')}
          onChange={(event) => onChange({ message: event.target.value })}
        />
        <Select
          size="small"
          value={null}
          aria-label={t('reaching.insertField')}
          placeholder={t('reaching.insertField')}
          options={context.fields.map(({ id, label }) => ({ value: id, label }))}
          onChange={(id: string | null) => onChange({ message: `${text}{${id ?? ''}}` })}
        />
      </Setting>
    </Settings>
  )
}

function Summary({ node, context }: NodeSummaryProps<MessageSettings>) {
  const t = useT()
  return <div>{node.message ? rulesInWords(node.assignees, context, t) : t('reaching.noMessage')}</div>
}

export default nodeType<MessageSettings>({
  label: { zh: '通知', en: 'Message' },
  hint: { zh: '发一条自己写的消息，不需要处理', en: 'Send words of your own; nothing is asked' },
  icon: BellRing,
  hue: 'purple',
  order: 32,
  blank: { assignees: [{ initiator: true }], message: '' },
  insertable: true,
  exits: (node) => [{ id: Object.keys(node.on ?? {})[0] ?? 'next', label: '' }],
  Settings: Pane,
  Summary,
})
