/** What the server tells while a page is open 实时消息, and what is asked anew because of it. */
import { useEvent, useEvents } from '@/api/events'
import { refresh, renew } from '@/api/query'

/** News renews what it is about; a line that was cut may have missed some. */
export function useNews(who: string): void {
  useEvents(who)
  useEvent('hello', () => refresh('/api/tasks'))
  useEvent('tasks', () => renew('/api/tasks'))
  useEvent('records', () => renew('/api/apps/{app}/forms/{form}/records', '/api/apps/{app}/dashboards'))
  useEvent('definitions', () => renew('/api/apps'))
}
