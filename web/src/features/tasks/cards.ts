/** The cards of a box 待办卡片: which comes next, and how a story ended. */
import type { components } from '@/api/schema'
import type { Hue } from '@/theme/tokens'
import type { TimelineEntry } from '@/ui/record/timeline'

export type TaskCard = components['schemas']['TaskCard']
export const BOXES = ['todo', 'initiated', 'handled', 'copied'] as const
export type Box = (typeof BOXES)[number]

/** A box by its word in the address; the to-do when it is none. */
export function boxNamed(word: string): Box {
  return (BOXES as readonly string[]).includes(word) ? (word as Box) : 'todo'
}

/** The card one step on; undefined at the end. */
export function stepFrom(cards: TaskCard[], id: string, by: 1 | -1): TaskCard | undefined {
  const at = cards.findIndex((card) => card.id === id)
  return at < 0 ? cards[0] : cards[at + by]
}

/** What to open when a card is done with: the one after it, else the one before it, else what the server names. */
export function nextAfter(cards: TaskCard[], id: string, named: string): string {
  return stepFrom(cards, id, 1)?.id ?? stepFrom(cards, id, -1)?.id ?? (named === id ? '' : named)
}

/** The last word of a story, when it was to send it back; comments do not count. */
export function sentBackBy(story: TimelineEntry[]): TimelineEntry | undefined {
  const last = story.filter(({ state, action }) => state === 'done' && action !== 'comment').at(-1)
  return last?.action === 'return' ? last : undefined
}

/** How a task was answered, as a word of the story and a hue. */
export const OUTCOMES: Record<string, { word: string; hue: Hue }> = {
  approved: { word: 'record.action_approve', hue: 'green' },
  submitted: { word: 'record.action_submit', hue: 'green' },
  rejected: { word: 'record.action_reject', hue: 'red' },
  returned: { word: 'record.action_return', hue: 'orange' },
  transferred: { word: 'record.action_transfer', hue: 'blue' },
}
