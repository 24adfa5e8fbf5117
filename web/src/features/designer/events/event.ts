/** An event as it is designed 前端事件定义; what the browser of who fills in knows of it is much less. */

export interface Filling {
  into: string
  path?: string
  columns?: Record<string, string>
  only_blank?: boolean
  append?: boolean
}

export interface Credential {
  secret: string
  into?: 'header' | 'parameter'
  name: string
  prefix?: string
}

export interface EventRequest {
  method?: 'GET' | 'POST'
  url?: string
  parameters?: Record<string, string>
  headers?: Record<string, string>
  body?: Record<string, string>
  credentials?: Credential[]
  seconds?: number
}

/** A call after the first. */
export interface DesignedFurther {
  when?: string
  request?: EventRequest
  fills?: Filling[]
}

export interface DesignedEvent {
  id: string
  label: string
  on?: 'change' | 'press' | 'open'
  fields?: string[]
  when?: string
  request?: EventRequest
  fills?: Filling[]
  /** The subform of whose rows it speaks. */
  rows?: string
  further?: DesignedFurther[]
  public?: boolean
  enabled?: boolean
}

export interface DesignedRecognition {
  id: string
  label: string
  source: 'picture' | 'text'
  fills?: Filling[]
}

/** The pairs without the one called so; undefined for none, as defaults are left out. */
export function without<Value>(pairs: Record<string, Value>, name: string): Record<string, Value> | undefined {
  const rest = Object.entries(pairs).filter(([each]) => each !== name)
  return rest.length > 0 ? Object.fromEntries(rest) : undefined
}

/** The pairs with one called otherwise, at the same place. */
export function renamed<Value>(pairs: Record<string, Value>, before: string, after: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(pairs).map(([name, value]) => [name === before ? after : name, value]))
}

/** A name like `key2` that no pair has. */
export function freeName(pairs: object, stem: string): string {
  let count = Object.keys(pairs).length + 1
  while (`${stem}${count}` in pairs) count += 1
  return `${stem}${count}`
}

/** The fields that an event looks at: what it names, and what stands in its texts as a word. */
export function lookedAt(event: DesignedEvent, ids: string[]): string[] {
  const texts = [event, ...(event.further ?? [])]
    .flatMap(({ when = '', request: { parameters = {}, body = {}, url = '' } = {} }) => [
      when,
      url,
      ...Object.values(parameters),
      ...Object.values(body),
    ])
    .join(' ')
  const words = new Set(texts.match(/[a-z][a-z0-9_]*/g) ?? [])
  return ids.filter((id) => (event.fields ?? []).includes(id) || words.has(id))
}

/** The host of an address, with its port; "" for none. */
export function hostOf(url: string | undefined): string {
  return /^https?:\/\/([^/?#{]+)/i.exec(url ?? '')?.[1]?.toLowerCase() ?? ''
}
