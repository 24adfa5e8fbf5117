/** What may be done with a task 办理动作: which stand on the bar, which need somebody or somewhere, which need a word. */
import type { components } from '@/api/schema'

export type Deed = components['schemas']['ActIn']['action']
export type Position = components['schemas']['ActIn']['position']
export type Then = components['schemas']['ActIn']['then']

/** The first button. */
const FIRST: Deed[] = ['approve', 'submit', 'claim']
const SAID: Deed[] = ['approve', 'submit', 'stash']
/** In the order of the bar; what is not here stands under "more". */
const ON_BAR: Deed[] = ['return', 'reject']
const TO_A_MEMBER: Deed[] = ['transfer', 'delegate', 'add_signer']
const MORE: Deed[] = [...TO_A_MEMBER, 'remove_signer', 'stash', 'unclaim', 'take_back', 'end']
/** What is left of a task that is done with. */
const AFTERWARDS: Deed[] = ['take_back', 'remove_signer']

export interface Bar {
  primary: Deed | undefined
  plain: Deed[]
  more: Deed[]
}

/** The actions of a task, as they stand on the bar. */
export function barOf(actions: readonly string[]): Bar {
  const primary = FIRST.find((each) => actions.includes(each))
  const plain = ON_BAR.filter((each) => actions.includes(each))
  const more = MORE.filter((each) => actions.includes(each))
  return { primary, plain, more }
}

/** Whether the task can still be answered. */
export function isOpen(actions: readonly string[]): boolean {
  return actions.some((each) => !AFTERWARDS.includes(each as Deed))
}

/** Whether the values of the form may be changed: who has not claimed it does not. */
export function mayFill(actions: readonly string[]): boolean {
  return isOpen(actions) && !(actions.length === 1 && actions[0] === 'claim')
}

/** Whether it goes to a member. */
export function needsMember(deed: Deed): boolean {
  return TO_A_MEMBER.includes(deed)
}

/** Whether something must be said first: to whom, where to, which one, or that one is sure. */
export function needsAsking(deed: Deed): boolean {
  return needsMember(deed) || ['return', 'remove_signer', 'end', 'take_back'].includes(deed)
}

/** Whether the values of the form go along. */
export function sendsValues(deed: Deed): boolean {
  return SAID.includes(deed)
}

/** Whether the form must be complete for it. */
export function needsWhole(deed: Deed): boolean {
  return sendsValues(deed) && deed !== 'stash'
}

const STAYS: Deed[] = ['comment', 'read', 'stash', 'claim', 'unclaim', 'remove_signer', 'take_back']

/** Whether the task is no longer mine after it: a signer beside me leaves it with me, before or after me does not. */
export function leaves(deed: Deed, position = ''): boolean {
  if (deed === 'add_signer') return position !== 'beside'
  return !STAYS.includes(deed)
}

/** Refusals that say that somebody was faster: nothing can be done any more. */
export const TOO_LATE = [
  ...['already_handled', 'instance_withdrawn', 'instance_ended', 'not_your_task', 'not_found'],
  ...['already_claimed', 'no_such_task'],
]
