/** The pages of the help 帮助主题: one for every screen, and two for what stands on none. */

export const TOPICS = [
  'start',
  'list',
  'record',
  'import',
  'tasks',
  'dashboard',
  'form_design',
  'fields',
  'flow_design',
  'sharing',
  'dashboard_design',
  'aggregates',
  'versions',
  'analysis',
  'formulas',
  'settings',
  'api',
] as const

export type Topic = (typeof TOPICS)[number]

/** A heading over sentences or over steps. */
export interface Part {
  head: string
  text?: string
  /** One thing after the other, or a list of hints; each a sentence. */
  points?: string[]
}

export interface HelpPage {
  title: string
  lead: string
  parts: Part[]
  /** Chord and what it does. */
  keys?: [string, string][]
}

export type HelpPages = Record<Topic, HelpPage>

const PLACES: [RegExp, Topic][] = [
  [/^\/app\/[^/]+\/form\/[^/]+\/import/, 'import'],
  [/^\/app\/[^/]+\/form\//, 'list'],
  [/^\/app\/[^/]+\/dashboard\//, 'dashboard'],
  [/^(\/app\/[^/]+)?\/tasks\//, 'tasks'],
  [/^\/app\/[^/]+\/design\/(new|form)/, 'form_design'],
  [/^\/app\/[^/]+\/design\/flow\//, 'flow_design'],
  [/^\/app\/[^/]+\/design\/share\//, 'sharing'],
  [/^\/p\//, 'sharing'],
  [/^\/fill\//, 'record'],
  [/^\/app\/[^/]+\/design\/dashboard\//, 'dashboard_design'],
  [/^\/app\/[^/]+\/(design\/aggregate\/|aggregates)/, 'aggregates'],
  [/^\/app\/[^/]+\/versions/, 'versions'],
  [/^\/app\/[^/]+\/analysis/, 'analysis'],
  [/^\/settings\/tokens/, 'api'],
  [/^\/settings/, 'settings'],
]

/** The page for the screen at this address; of a list, the record that is open over it. */
export function topicOf(path: string, search: Record<string, unknown> = {}): Topic {
  const found = PLACES.find(([place]) => place.test(path))?.[1] ?? 'start'
  return found === 'list' && search.record !== undefined ? 'record' : found
}
