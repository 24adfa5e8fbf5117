/** The end 结束: closes every task and every branch, and says how it ended. */
import { Select } from 'antd'
import { CircleStop } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { type NodeSettingsProps, type NodeSummaryProps, nodeType } from './node'
import { Choose } from './parts/choose'
import { Setting, Settings } from './parts/setting'

const STATUSES = ['approved', 'rejected', 'ended']

interface EndSettings {
  status?: string
  closes?: 'all' | 'branch'
}

function Pane({ node, onChange }: NodeSettingsProps<EndSettings>) {
  const t = useT()
  return (
    <Settings>
      <Setting label={t('nodes.status')}>
        <Select
          value={node.status ?? 'approved'}
          aria-label={t('nodes.status')}
          options={STATUSES.map((status) => ({ value: status, label: t(`nodes.statusWords.${status}`) }))}
          onChange={(status) => onChange({ status })}
        />
      </Setting>
      <Choose
        label={t('asking.closes')}
        hint={t('asking.closesHint')}
        words={['all', 'branch'] as const}
        say={(word) => t(`asking.closesWords.${word}`)}
        value={node.closes}
        onChange={(closes) => onChange({ closes } as Partial<EndSettings>)}
      />
    </Settings>
  )
}

function Summary({ node }: NodeSummaryProps<EndSettings>) {
  const t = useT()
  const status = node.status ?? 'approved'
  return <div>{STATUSES.includes(status) ? t(`nodes.statusWords.${status}`) : status}</div>
}

export default nodeType<EndSettings>({
  label: { zh: '结束', en: 'End' },
  hint: { zh: '流程到此结束', en: 'The workflow is over' },
  icon: CircleStop,
  hue: 'grey',
  blank: { status: 'approved' },
  ends: true,
  exits: () => [],
  Settings: Pane,
  Summary,
})
