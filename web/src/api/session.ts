/** Who is asking 当前会话: read by the frame and by every feature that must know "me". */
import { useMutation } from '@tanstack/react-query'
import { api } from './client'
import { asking, queryClient, useApi } from './query'
import type { components } from './schema'

export type Session = components['schemas']['SessionOut']

const SESSION = '/api/session'
const TASK = '/api/tasks/{task}'

/** The session; `data.member` is null while nobody is signed in. */
export function useSession() {
  return useApi(SESSION, undefined, { staleTime: 60_000 })
}

/** Keeps a new session and forgets every answer that the old one was given. */
export function enter(session: Session): void {
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION, type: 'inactive' })
  queryClient.setQueryData(asking(SESSION).queryKey, session as never)
  // a task of who asked before is not asked for again: it may be nobody's business now
  queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === TASK, refetchType: 'none' })
  queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION && queryKey[0] !== TASK })
}

/** Where a person begins: the page the server names, or the list of apps. */
export function homeOf(session: Session): string {
  return session.home || '/apps'
}

/** In a trial: play another member. */
export function usePersona() {
  return useMutation({
    mutationFn: (member: string) => api.post('/api/session/persona', { body: { member } }),
    onSuccess: enter,
  })
}

/** Out, and every answer forgotten. */
export async function signOut(): Promise<void> {
  await api.post('/api/signout')
  queryClient.clear()
}

/** Whole days until `until`, counted up; 0 when it is over. */
export function daysLeft(until: string, now: Date = new Date()): number {
  return Math.max(0, Math.ceil((new Date(until).getTime() - now.getTime()) / 86_400_000))
}
