/** Who is asked 处理人: rows of rules, and whom they mean today. */
import { Button, Checkbox, InputNumber, Select } from 'antd'
import { Plus, X } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { ExpressionInput } from '@/ui/design/expression-input'
import { IconButton } from '@/ui/icon-button'
import type { NodeSurroundings } from '../node'
import { type Assignee, isWhole, newRule, optionsOf, RULES, type Rule, ruleOf } from './assignee'
import { Meant } from './meant'
import { namedFields } from './named-fields'
import css from './nodes.module.css'

interface RuleProps {
  assignee: Assignee
  context: NodeSurroundings
  onChange: (assignee: Assignee) => void
}

/** What the rule is about. */
function About({ assignee, context, onChange }: RuleProps) {
  const t = useT()
  const rule = ruleOf(assignee)
  if (isWhole(rule) || rule === 'expression') return <span />
  const known = optionsOf(rule, context, t)
  return (
    <Select
      value={(assignee[rule] as string) || undefined}
      aria-label={t(`nodes.rule.${rule}`)}
      showSearch={{ optionFilterProp: 'label' }}
      status={assignee[rule] ? undefined : 'error'}
      options={known}
      onChange={(who: string) => onChange({ ...assignee, [rule]: who })}
    />
  )
}

/** What more can be said about a rule: how far down, how far up, by which expression. */
function More({ assignee, context, onChange }: RuleProps) {
  const t = useT()
  const rule = ruleOf(assignee)
  const { below: _below, levels: _levels, ...plain } = assignee
  if (rule === 'expression') {
    return (
      <div className={css.ruleMore}>
        <ExpressionInput
          place={{ app: context.app, form: context.form, definition: context.definition }}
          fields={namedFields(context.fields)}
          label={t('nodes.rule.expression')}
          value={assignee.expression ?? ''}
          onChange={(expression) => onChange({ ...assignee, expression })}
        />
        <span className={css.hint}>{t('asking.expressionHint')}</span>
      </div>
    )
  }
  if (rule === 'department') {
    return (
      <Checkbox
        className={css.ruleMore}
        checked={assignee.below === true}
        onChange={(event) => onChange(event.target.checked ? { ...plain, below: true } : plain)}
      >
        {t('asking.below')}
      </Checkbox>
    )
  }
  if (rule !== 'superior_chain') return null
  return (
    <div className={`${css.ruleMore} ${css.inline}`}>
      <span>{t('asking.levels')}</span>
      <InputNumber
        size="small"
        min={1}
        max={20}
        value={assignee.levels ?? null}
        placeholder={t('asking.toTheTop')}
        aria-label={t('asking.levels')}
        onChange={(levels) => onChange(levels ? { ...plain, levels } : plain)}
      />
    </div>
  )
}

interface AssigneesProps {
  value: Assignee[]
  onChange: (assignees: Assignee[]) => void
  context: NodeSurroundings
  /** Nobody yet: "add" says what for. */
  add?: string
}

/** Sort, then whom; a set, so the same person is asked once. */
export function Assignees({ value, onChange, context, add }: AssigneesProps) {
  const t = useT()
  const put = (at: number, assignee: Assignee) => onChange(value.map((each, place) => (place === at ? assignee : each)))
  const turns = value.length > 0 && value.every((each) => each.round_robin === true)
  const rotate = (on: boolean) =>
    onChange(value.map(({ round_robin: _before, ...rest }) => (on ? { ...rest, round_robin: true } : rest)))
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
              popupMatchSelectWidth={false}
              options={RULES.map((each) => ({ value: each, label: t(`nodes.rule.${each}`) }))}
              onChange={(next: Rule) => put(at, newRule(next, context, t))}
            />
            <About {...{ assignee, context }} onChange={(next) => put(at, next)} />
            <IconButton
              size="small"
              icon={X}
              iconSize={14}
              label={t('nodes.remove')}
              onClick={() => onChange(value.filter((_, place) => place !== at))}
            />
            <More {...{ assignee, context }} onChange={(next) => put(at, next)} />
          </div>
        )
      })}
      <div className={css.inline}>
        <Button
          type="dashed"
          size="small"
          icon={<Plus size={14} aria-hidden />}
          onClick={() => onChange([...value, newRule('role', context, t)])}
        >
          {add ?? t('nodes.addAssignee')}
        </Button>
        {value.length > 0 ? (
          <Checkbox checked={turns} onChange={(event) => rotate(event.target.checked)}>
            {t('asking.roundRobin')}
          </Checkbox>
        ) : null}
      </div>
      {value.length > 0 ? <Meant rules={value} context={context} /> : null}
    </>
  )
}
