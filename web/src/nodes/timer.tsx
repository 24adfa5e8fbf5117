/** A timer 定时等待: waits for some time, or until a date of the record. */
import { Timer } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { type NodeSettingsProps, type NodeSummaryProps, nodeType } from './node'
import { Settings } from './parts/setting'
import { type Moment, MomentSettings, momentInWords } from './reaching/moment'

function Pane({ node, onChange, context }: NodeSettingsProps<Moment>) {
  return (
    <Settings>
      <MomentSettings value={node} onChange={onChange} context={context} />
    </Settings>
  )
}

function Summary({ node, context }: NodeSummaryProps<Moment>) {
  const t = useT()
  return <div>{momentInWords(node, context, t)}</div>
}

export default nodeType<Moment>({
  label: { zh: '定时等待', en: 'Timer' },
  hint: { zh: '等一段时间，或等到某个日期', en: 'Wait for some time, or until a date' },
  icon: Timer,
  hue: 'teal',
  order: 60,
  blank: { after: 'P1D' },
  insertable: true,
  exits: (node) => [{ id: Object.keys(node.on ?? {})[0] ?? 'next', label: '' }],
  Settings: Pane,
  Summary,
})
