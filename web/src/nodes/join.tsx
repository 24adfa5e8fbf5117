/** A join 汇合: waits for every branch that can still arrive. */
import { Merge } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { nodeType } from './node'

function Summary() {
  const t = useT()
  return <div>{t('nodes.waitsForAll')}</div>
}

export default nodeType({
  label: { zh: '汇合', en: 'Join' },
  hint: { zh: '等待所有分支到齐', en: 'Waits for all branches' },
  icon: Merge,
  hue: 'green',
  blank: {},
  gathers: true,
  exits: (node) => [{ id: Object.keys(node.on ?? {})[0] ?? 'next', label: '' }],
  Summary,
})
