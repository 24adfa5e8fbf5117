/** Names of people, roles and nodes in the proofs 验证中的名称. */
import { useT } from '@/i18n/i18n'
import { nodeName, useFlow } from '../use-flow'

export interface Names {
  person: (id: string) => string
  people: (ids: readonly string[]) => string
  role: (id: string) => string
  node: (id: string) => string
  status: (status: string) => string
  /** A word that the machine may know better than these words do. */
  about: (about: string) => string
  /** What would be done outside. */
  topic: (topic: string) => string
  action: (action: string) => string
  /** What a button does. */
  deed: (deed: string) => string
}

/** All of them. */
export function useNames(): Names {
  const t = useT()
  const { workflow, context } = useFlow()
  const known = (key: string, other: string) => {
    const word = t(key)
    return word === key ? other : word
  }
  const person = (id: string) =>
    context.members.find((each) => each.id === id)?.name ?? context.roles.find((each) => each.id === id)?.name ?? id
  return {
    person,
    people: (ids) => ids.map(person).join(t('design.comma')),
    role: (id) => context.roles.find((each) => each.id === id)?.name ?? id,
    node: (id) => (workflow.nodes[id] === undefined ? id : nodeName(workflow.nodes[id])),
    status: (status) => known(`proofs.status_${status}`, status),
    topic: (topic) => known(`proofs.topic_${topic}`, topic),
    about: (about) => known(`proofs.about_${about}`, about),
    deed: (deed) => known(`proofs.do_${deed}`, deed),
    action: (action) => known(`record.action_${action}`, known(`proofs.${action}`, action)),
  }
}
