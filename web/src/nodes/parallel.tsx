/** A parallel split 并行分支: every way at once. */
import { Button } from 'antd'
import { Plus, Split, Trash2 } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { IconButton } from '@/ui/icon-button'
import { type NodeOf, type NodeSettingsProps, type NodeSummaryProps, nodeType } from './node'
import css from './parts/nodes.module.css'
import { Setting, Settings } from './parts/setting'

function exitsOf(node: NodeOf<object>): string[] {
  const named = Object.keys(node.on ?? {})
  return named.length > 0 ? named : ['branch_1', 'branch_2']
}

function freeExit(exits: string[]): string {
  let count = exits.length + 1
  while (exits.includes(`branch_${count}`)) count += 1
  return `branch_${count}`
}

function Pane({ node, onChange, context }: NodeSettingsProps<object>) {
  const t = useT()
  const exits = exitsOf(node)
  const name = (id: string | undefined) => context.nodes.find((each) => each.id === id)?.label ?? id
  const gather = context.nodes.find((each) => each.id === context.gatherer)?.id
  const remove = (exit: string) => {
    const { [exit]: _gone, ...on } = node.on ?? {}
    onChange({ on })
  }
  const add = () => {
    const to = gather ?? Object.values(node.on ?? {}).at(-1)
    if (to !== undefined) onChange({ on: { ...node.on, [freeExit(exits)]: to } })
  }
  return (
    <Settings>
      <Setting label={t('nodes.branches')}>
        {exits.map((exit, at) => (
          <div key={exit} className={css.cardHead}>
            <span>
              {t('nodes.branchAt', { at: at + 1 })} → {name(node.on?.[exit])}
            </span>
            <IconButton
              size="small"
              icon={Trash2}
              iconSize={14}
              disabled={exits.length <= 2}
              label={t('nodes.remove')}
              onClick={() => remove(exit)}
            />
          </div>
        ))}
        <Button type="dashed" size="small" icon={<Plus size={14} aria-hidden />} onClick={add}>
          {t('nodes.addBranch')}
        </Button>
      </Setting>
    </Settings>
  )
}

function Summary({ node }: NodeSummaryProps<object>) {
  const t = useT()
  return (
    <div>
      {exitsOf(node)
        .map((_, at) => t('nodes.branchAt', { at: at + 1 }))
        .join(' · ')}
    </div>
  )
}

export default nodeType({
  label: { zh: '并行', en: 'Parallel' },
  hint: { zh: '几个分支同时进行，再汇合', en: 'Several branches at once, then joined' },
  icon: Split,
  hue: 'green',
  blank: {},
  insertable: true,
  order: 45,
  splits: true,
  exits: (node) => exitsOf(node).map((id, at) => ({ id, label: { zh: `分支 ${at + 1}`, en: `Branch ${at + 1}` } })),
  Settings: Pane,
  Summary,
})
