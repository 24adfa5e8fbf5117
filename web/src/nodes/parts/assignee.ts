/** A rule about who is asked 处理人规则, and how it reads in words. */
import type { Field } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import type { T } from '@/i18n/i18n'
import type { NodeSurroundings } from '../node'

/** Exactly one thing is said, and perhaps more about it. */
export interface Assignee {
  member?: string
  role?: string
  department?: string
  /** Of a department: those of the departments beneath too. */
  below?: boolean
  department_head?: string
  superior_of?: string
  superior_chain?: string
  /** Of a chain: at most so many levels; absent: to the top. */
  levels?: number
  member_field?: string
  initiator?: boolean
  previous_handler?: boolean
  handler_of?: string
  expression?: string
  /** Only one of those meant, in rotation. */
  round_robin?: boolean
}

export const RULES = [
  ...(['superior_of', 'superior_chain', 'department_head', 'department', 'role', 'member', 'member_field'] as const),
  ...(['initiator', 'previous_handler', 'handler_of', 'expression'] as const),
] as const
export type Rule = (typeof RULES)[number]
export const INITIATOR = 'initiator'

/** Rules that need nothing more. */
const WHOLE: Rule[] = ['initiator', 'previous_handler']
/** Rules about whom nobody knows more before the workflow runs. */
export const UNKNOWN_YET: Rule[] = ['previous_handler', 'handler_of', 'expression']

/** Whether the rule needs nothing more to be said. */
export const isWhole = (rule: Rule): boolean => WHOLE.includes(rule)

/** The key that a rule says. */
export function ruleOf(assignee: Assignee): Rule {
  return RULES.find((rule) => assignee[rule] !== undefined) ?? 'member'
}

/** The form's fields that name people of a sort. */
export function peopleFields(fields: Field[], sort: 'member' | 'department'): Field[] {
  return fields.filter((field) => typeNamed(field.type)?.people === sort)
}

const entry = ({ id, name, label }: { id: string; name?: string; label?: string }) => ({
  value: id,
  label: name ?? label ?? id,
})

/** What a rule may be about. */
export function optionsOf(rule: Rule, context: NodeSurroundings, t: T): { value: string; label: string }[] {
  const { members, roles, departments, fields, nodes } = context
  if (rule === 'member') return members.map(entry)
  if (rule === 'role') return roles.map(entry)
  if (rule === 'handler_of') return nodes.map(entry)
  if (rule === 'member_field') return peopleFields(fields, 'member').map(entry)
  if (rule === 'superior_of' || rule === 'superior_chain') {
    return [{ value: INITIATOR, label: t('nodes.ofInitiator') }, ...peopleFields(fields, 'member').map(entry)]
  }
  const own = [{ value: INITIATOR, label: t('nodes.headOfInitiator') }]
  return [...own, ...peopleFields(fields, 'department').map(entry), ...departments.map(entry)]
}

/** A new rule of a sort, about the first thing it may be about. */
export function newRule(rule: Rule, context: NodeSurroundings, t: T): Assignee {
  if (isWhole(rule)) return { [rule]: true }
  if (rule === 'expression') return { expression: '' }
  return { [rule]: optionsOf(rule, context, t)[0]?.value ?? '' }
}

function plainWords(assignee: Assignee, rule: Rule, context: NodeSurroundings, t: T): string {
  if (isWhole(rule)) return t(`nodes.rule.${rule}`)
  const value = String(assignee[rule] ?? '')
  const named = optionsOf(rule, context, t).find((option) => option.value === value)?.label ?? value
  const own = rule.startsWith('superior') ? 'nodes.theInitiator' : 'nodes.hisDepartment'
  const who = value === INITIATOR && rule !== 'handler_of' ? t(own) : named
  if (rule === 'superior_of') return t('nodes.superiorWords', { who })
  if (rule === 'superior_chain')
    return assignee.levels
      ? t('asking.chainWords', { who, levels: assignee.levels })
      : t('asking.chainTopWords', { who })
  if (rule === 'department_head') return t('nodes.headWords', { who })
  if (rule === 'department') return t(assignee.below ? 'asking.belowWords' : 'asking.departmentWords', { who })
  if (rule === 'handler_of') return t('asking.handlerWords', { who })
  if (rule === 'expression') return t('asking.expressionWords')
  return rule === 'member_field' ? t('nodes.fieldWords', { label: who }) : who
}

/** A rule in words. */
export function ruleInWords(assignee: Assignee, context: NodeSurroundings, t: T): string {
  const words = plainWords(assignee, ruleOf(assignee), context, t)
  return assignee.round_robin ? t('asking.inRotation', { words }) : words
}

/** All rules in words; says when there is none. */
export function rulesInWords(assignees: Assignee[] | undefined, context: NodeSurroundings, t: T): string {
  if (assignees === undefined || assignees.length === 0) return t('nodes.nobody')
  return assignees.map((assignee) => ruleInWords(assignee, context, t)).join(t('design.comma'))
}
