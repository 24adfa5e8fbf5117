/** News from the server 实时消息: one EventSource for the page, handed out by event name. */
import { useEffect, useRef } from 'react'
import { renew } from './query'

export type News = Record<string, unknown>
type Listener = (news: News) => void

const ADDRESS = '/api/events'
const LONGEST_WAIT = 30_000

const listeners = new Map<string, Set<Listener>>()
let source: EventSource | null = null
let wait = 1_000
let timer: ReturnType<typeof setTimeout> | undefined

function dispatch(name: string, event: Event): void {
  let news: News = {}
  try {
    news = JSON.parse((event as MessageEvent<string>).data) as News
  } catch {
    // an event without data is news enough
  }
  for (const listener of listeners.get(name) ?? []) listener(news)
}

function attend(name: string): void {
  source?.addEventListener(name, (event) => dispatch(name, event))
}

function open(): void {
  if (source !== null || typeof EventSource === 'undefined') return
  source = new EventSource(ADDRESS, { withCredentials: true })
  for (const name of listeners.keys()) attend(name)
  source.addEventListener('bye', over)
  source.onopen = () => {
    wait = 1_000
  }
  source.onerror = () => {
    close()
    timer = setTimeout(open, wait)
    wait = Math.min(wait * 2, LONGEST_WAIT)
  }
}

/** The session behind the line has ended, or stands for somebody else: whoever asks next is told. */
function over(): void {
  close()
  renew('/api/session').catch(() => undefined)
}

function close(): void {
  clearTimeout(timer)
  source?.close()
  source = null
}

/** Hears events called `name` until the returned function is called. */
export function listen(name: string, listener: Listener): () => void {
  const known = listeners.get(name)
  if (known === undefined) {
    listeners.set(name, new Set([listener]))
    attend(name)
  } else known.add(listener)
  return () => void listeners.get(name)?.delete(listener)
}

/** Keeps the line to the server open while the component stands; opens it anew when somebody else is asking. */
export function useEvents(who: string): void {
  useEffect(() => {
    if (who === '') return
    open()
    return close
  }, [who])
}

/** `useEvent('records', (news) => …)`: hears one kind of event while the component stands. */
export function useEvent(name: string, listener: Listener): void {
  const latest = useRef(listener)
  latest.current = listener
  useEffect(() => listen(name, (news) => latest.current(news)), [name])
}
