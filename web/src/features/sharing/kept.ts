/** What a stranger typed and has not sent 未提交内容: kept on the device, sent once when the line is back. */
import type { Values } from '@/fields/field'

export interface Kept {
  values: Values
  /** Names the attempt, so that sending it twice adds one record. */
  attempt: string
  /** Whether it was meant to be sent and only the line was missing. */
  waiting: boolean
  /** Where in a form of several steps. */
  step?: string
}

const nameOf = (token: string) => `qiaoban.public.${token}`

/** What is kept for the link; null for nothing, or where the browser keeps nothing. */
export function readKept(token: string): Kept | null {
  try {
    const found = JSON.parse(localStorage.getItem(nameOf(token)) ?? 'null') as Kept | null
    return found && typeof found.values === 'object' ? found : null
  } catch {
    return null
  }
}

/** Keeps it; a full or closed store only means that nothing is kept. */
export function keep(token: string, kept: Kept): void {
  try {
    localStorage.setItem(nameOf(token), JSON.stringify(kept))
  } catch {
    // Private windows and full stores keep nothing; what is typed stays on the page.
  }
}

/** Forgets it. */
export function forget(token: string): void {
  try {
    localStorage.removeItem(nameOf(token))
  } catch {
    // Nothing was kept.
  }
}

/** A name for one attempt to send. */
export function newAttempt(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
