/** Who is asked 处理人: rows of rules. */
import { Button, Select } from 'antd'
import { Plus, X } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { IconButton } from '@/ui/icon-button'
import type { NodeSurroundings } from '../node'
import { type Assignee, newRule, optionsOf, RULES, type Rule, ruleOf } from './assignee'
import css from './nodes.module.css'

interface AssigneesProps {
  value: Assignee[]
  onChange: (assignees: Assignee[]) => void
  context: NodeSurroundings
}

/** Sort, then whom; a set, so the same person is asked once. */
export function Assignees({ value, onChange, context }: AssigneesProps) {
  const t = useT()
  const put = (at: number, assignee: Assignee) => onChange(value.map((each, place) => (place === at ? assignee : each)))
  return (
    <>
      {value.map((assignee, at) => {
        const rule = ruleOf(assignee)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: rules have no identity but their place
          <div key={at} className={css.rule}>
            <Select
              value={rule}
              aria-label={t('nodes.assignees')}
              options={RULES.map((each) => ({ value: each, label: t(`nodes.rule.${each}`) }))}
              onChange={(next: Rule) => put(at, newRule(next, context, t))}
            />
            {rule === 'initiator' ? (
              <span />
            ) : (
              <Select
                value={assignee[rule] || undefined}
                aria-label={t(`nodes.rule.${rule}`)}
                showSearch={{ optionFilterProp: 'label' }}
                status={assignee[rule] ? undefined : 'error'}
                options={optionsOf(rule, context, t)}
                onChange={(who: string) => put(at, { [rule]: who })}
              />
            )}
            <IconButton
              size="small"
              icon={X}
              iconSize={14}
              label={t('nodes.remove')}
              onClick={() => onChange(value.filter((_, place) => place !== at))}
            />
          </div>
        )
      })}
      <Button
        type="dashed"
        size="small"
        icon={<Plus size={14} aria-hidden />}
        onClick={() => onChange([...value, newRule('role', context, t)])}
      >
        {t('nodes.addAssignee')}
      </Button>
    </>
  )
}
