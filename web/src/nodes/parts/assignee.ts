/** A rule about who is asked 处理人规则, and how it reads in words. */
import type { Field } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import type { T } from '@/i18n/i18n'
import type { NodeSurroundings } from '../node'

/** Exactly one key is said. */
export interface Assignee {
  member?: string
  role?: string
  department_head?: string
  superior_of?: string
  member_field?: string
  initiator?: boolean
}

export const RULES = ['superior_of', 'department_head', 'role', 'member', 'member_field', 'initiator'] as const
export type Rule = (typeof RULES)[number]
export const INITIATOR = 'initiator'

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
  const { members, roles, departments, fields } = context
  if (rule === 'member') return members.map(entry)
  if (rule === 'role') return roles.map(entry)
  if (rule === 'member_field') return peopleFields(fields, 'member').map(entry)
  if (rule === 'superior_of') {
    return [{ value: INITIATOR, label: t('nodes.ofInitiator') }, ...peopleFields(fields, 'member').map(entry)]
  }
  const own = [{ value: INITIATOR, label: t('nodes.headOfInitiator') }]
  return [...own, ...peopleFields(fields, 'department').map(entry), ...departments.map(entry)]
}

/** A new rule of a sort, about the first thing it may be about. */
export function newRule(rule: Rule, context: NodeSurroundings, t: T): Assignee {
  if (rule === 'initiator') return { initiator: true }
  return { [rule]: optionsOf(rule, context, t)[0]?.value ?? '' }
}

/** A rule in words. */
export function ruleInWords(assignee: Assignee, context: NodeSurroundings, t: T): string {
  const rule = ruleOf(assignee)
  if (rule === 'initiator') return t('nodes.rule.initiator')
  const value = assignee[rule] ?? ''
  const named = optionsOf(rule, context, t).find((option) => option.value === value)?.label ?? value
  const own = rule === 'superior_of' ? 'nodes.theInitiator' : 'nodes.hisDepartment'
  const who = value === INITIATOR ? t(own) : named
  if (rule === 'superior_of') return t('nodes.superiorWords', { who })
  if (rule === 'department_head') return t('nodes.headWords', { who })
  return rule === 'member_field' ? t('nodes.fieldWords', { label: who }) : who
}

/** All rules in words; says when there is none. */
export function rulesInWords(assignees: Assignee[] | undefined, context: NodeSurroundings, t: T): string {
  if (assignees === undefined || assignees.length === 0) return t('nodes.nobody')
  return assignees.map((assignee) => ruleInWords(assignee, context, t)).join(t('design.comma'))
}
