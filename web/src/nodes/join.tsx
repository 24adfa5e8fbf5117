/** A join 汇合: waits for every branch that can still arrive, or for some of them. */
import { InputNumber } from 'antd'
import { Merge } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { type NodeSettingsProps, type NodeSummaryProps, nodeType } from './node'
import { Choose } from './parts/choose'
import { Setting, Settings } from './parts/setting'

const WAITS = ['all', 'first', 'number'] as const

interface JoinSettings {
  wait?: (typeof WAITS)[number]
  number?: number
  rest?: 'cancel' | 'finish'
}

function Pane({ node, onChange }: NodeSettingsProps<JoinSettings>) {
  const t = useT()
  const wait = node.wait ?? 'all'
  const set = (patch: { wait?: JoinSettings['wait'] | undefined; rest?: JoinSettings['rest'] | undefined }) =>
    onChange(patch as Partial<JoinSettings>)
  return (
    <Settings>
      <Choose
        label={t('asking.joinWait')}
        hint={t('asking.joinHint')}
        words={WAITS}
        say={(word) => t(`asking.joinWaitWords.${word}`)}
        value={node.wait}
        onChange={(next) => set({ wait: next })}
      />
      {wait === 'number' ? (
        <Setting label={t('asking.joinNumber')}>
          <InputNumber
            min={1}
            max={100}
            value={node.number ?? 1}
            aria-label={t('asking.joinNumber')}
            style={{ width: '100%' }}
            onChange={(number) => onChange({ number: number ?? 1 })}
          />
        </Setting>
      ) : null}
      {wait === 'all' ? null : (
        <Choose
          label={t('asking.joinRest')}
          words={['cancel', 'finish'] as const}
          say={(word) => t(`asking.joinRestWords.${word}`)}
          value={node.rest}
          onChange={(rest) => set({ rest })}
        />
      )}
    </Settings>
  )
}

function Summary({ node }: NodeSummaryProps<JoinSettings>) {
  const t = useT()
  const wait = node.wait ?? 'all'
  return <div>{t(`asking.joinShort.${wait}`, { count: node.number ?? 1 })}</div>
}

export default nodeType<JoinSettings>({
  label: { zh: '汇合', en: 'Join' },
  hint: { zh: '等待所有分支到齐', en: 'Waits for all branches' },
  icon: Merge,
  hue: 'green',
  blank: {},
  gathers: true,
  exits: (node) => [{ id: Object.keys(node.on ?? {})[0] ?? 'next', label: '' }],
  Settings: Pane,
  Summary,
})
