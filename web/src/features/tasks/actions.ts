/** What may be done with a task 办理动作: which stand on the bar, which need somebody or somewhere, which need a word. */
import type { components } from '@/api/schema'

export type Deed = components['schemas']['ActIn']['action']

const SAID = ['approve', 'submit']
/** In the order of the bar; what is not here stands under "more". */
const ON_BAR = ['return', 'reject']
const TO_A_MEMBER = ['transfer', 'delegate', 'add_signer']

export interface Bar {
  primary: Deed | undefined
  plain: Deed[]
  more: Deed[]
}

/** The actions of a task, as they stand on the bar. */
export function barOf(actions: readonly string[]): Bar {
  const primary = SAID.find((each) => actions.includes(each)) as Deed | undefined
  const plain = ON_BAR.filter((each) => actions.includes(each)) as Deed[]
  const more = TO_A_MEMBER.filter((each) => actions.includes(each)) as Deed[]
  return { primary, plain, more }
}

/** Whether it goes to a member. */
export function needsMember(deed: Deed): boolean {
  return TO_A_MEMBER.includes(deed)
}

/** Whether the values of the form go along. */
export function sendsValues(deed: Deed): boolean {
  return SAID.includes(deed)
}

/** Whether the task is no longer mine after it: a signer beside me leaves it with me, before or after me does not. */
export function leaves(deed: Deed, position = ''): boolean {
  if (deed === 'add_signer') return position !== 'beside'
  return deed !== 'comment' && deed !== 'read'
}

/** Refusals that say that somebody was faster: nothing can be done any more. */
export const TOO_LATE = ['already_handled', 'instance_withdrawn', 'instance_ended', 'not_your_task', 'not_found']
