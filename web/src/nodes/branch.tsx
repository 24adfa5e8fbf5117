/** A branch 条件分支: the first condition that is met decides, or else the other way. */
import { Button, Select, Switch } from 'antd'
import { ArrowDown, ArrowUp, GitBranch, Plus, Trash2 } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { IconButton } from '@/ui/icon-button'
import { type NodeOf, type NodeSettingsProps, type NodeSummaryProps, nodeType } from './node'
import { ConditionEditor } from './parts/condition-editor'
import css from './parts/nodes.module.css'
import { Setting, Settings } from './parts/setting'

const ELSE = 'else'

interface BranchSettings {
  when?: Record<string, string>
  take?: 'first' | 'all'
}

type Branch = NodeOf<BranchSettings>

function freeExit(when: Record<string, string>): string {
  let count = Object.keys(when).length + 1
  while (`case_${count}` in when) count += 1
  return `case_${count}`
}

/** Two conditions change places with where they lead; the exits keep their names, so their order stays as it is. */
function swapped(node: Branch, one: string, other: string): Partial<Branch> {
  const { when = {}, on = {} } = node
  const places: Record<string, string> = { ...on }
  const [first, second] = [on[one], on[other]]
  if (second !== undefined) places[one] = second
  if (first !== undefined) places[other] = first
  return { when: { ...when, [one]: when[other] ?? '', [other]: when[one] ?? '' }, on: places }
}

function without(node: Branch, exit: string): Partial<Branch> {
  const { [exit]: _condition, ...when } = node.when ?? {}
  const { [exit]: _way, ...on } = node.on ?? {}
  return { when, on }
}

function Pane({ id, node, onChange, context }: NodeSettingsProps<BranchSettings>) {
  const t = useT()
  const when = node.when ?? {}
  const exits = Object.keys(when)
  const targets = context.nodes.filter((each) => each.id !== id).map((each) => ({ value: each.id, label: each.label }))
  const lead = (exit: string, to: string) => onChange({ on: { ...node.on, [exit]: to } })
  const add = () => {
    const exit = freeExit(when)
    const other = node.on?.[ELSE]
    onChange({ when: { ...when, [exit]: '' }, on: { ...node.on, ...(other === undefined ? {} : { [exit]: other }) } })
  }
  const way = (exit: string) => (
    <Setting label={t('nodes.leadsTo')}>
      <Select
        value={node.on?.[exit]}
        aria-label={t('nodes.leadsTo')}
        placeholder={t('nodes.chooseNode')}
        status={node.on?.[exit] === undefined ? 'error' : undefined}
        options={targets}
        onChange={(to: string) => lead(exit, to)}
      />
    </Setting>
  )
  return (
    <Settings>
      <span className={css.hint}>{t(node.take === 'all' ? 'nodes.conditionsAllHint' : 'nodes.conditionsHint')}</span>
      {exits.map((exit, at) => (
        <div key={exit} className={css.card}>
          <div className={css.cardHead}>
            <span>{t('nodes.conditionAt', { at: at + 1 })}</span>
            <IconButton
              size="small"
              icon={ArrowUp}
              iconSize={14}
              label={t('nodes.moveUp')}
              disabled={at === 0}
              onClick={() => onChange(swapped(node, exit, exits[at - 1] ?? exit))}
            />
            <IconButton
              size="small"
              icon={ArrowDown}
              iconSize={14}
              label={t('nodes.moveDown')}
              disabled={at === exits.length - 1}
              onClick={() => onChange(swapped(node, exit, exits[at + 1] ?? exit))}
            />
            <IconButton
              size="small"
              icon={Trash2}
              iconSize={14}
              label={t('nodes.remove')}
              disabled={exits.length === 1}
              onClick={() => onChange(without(node, exit))}
            />
          </div>
          <ConditionEditor
            context={context}
            label={t('nodes.conditionAt', { at: at + 1 })}
            value={when[exit] ?? ''}
            onChange={(text) => onChange({ when: { ...when, [exit]: text } })}
          />
          {way(exit)}
        </div>
      ))}
      <Button type="dashed" icon={<Plus size={14} aria-hidden />} onClick={add}>
        {t('nodes.addCondition')}
      </Button>
      <div className={css.card}>
        <div className={css.cardHead}>
          <span>{t('nodes.otherwise')}</span>
        </div>
        {way(ELSE)}
      </div>
      <div className={css.flag}>
        <span>{t('nodes.takeAll')}</span>
        <Switch
          size="small"
          checked={node.take === 'all'}
          aria-label={t('nodes.takeAll')}
          onChange={(on) => onChange({ take: on ? 'all' : undefined })}
        />
      </div>
    </Settings>
  )
}

function Summary({ node }: NodeSummaryProps<BranchSettings>) {
  const t = useT()
  const count = Object.values(node.when ?? {}).filter((text) => text.trim() !== '').length
  return <div>{count === 0 ? t('nodes.noCondition') : t('nodes.conditionCount', { count })}</div>
}

export default nodeType<BranchSettings>({
  label: { zh: '条件分支', en: 'Branch' },
  hint: { zh: '按条件走不同的路', en: 'Different ways by conditions' },
  icon: GitBranch,
  hue: 'orange',
  blank: { when: { case_1: '' } },
  insertable: true,
  order: 40,
  guards: (node) => node.when ?? {},
  exits: (node) => [
    ...Object.keys(node.when ?? {}).map((id) => ({ id, label: node.when?.[id] ?? '' })),
    { id: ELSE, label: { zh: '其他情况', en: 'Otherwise' } },
  ],
  wire: (target) => ({ case_1: target, [ELSE]: target }),
  Settings: Pane,
  Summary,
})
