/** What a form on a public page asks of the outside, by way of the server and the link 公开页面的外部请求. */
import { useCallback, useMemo } from 'react'
import { api } from '@/api/client'
import type { FieldSurroundings, Suggested } from '@/fields/context'

/** Events that strangers may set off, and codes to their numbers where they can be sent. */
export function usePublicCalls(token: string, password: string, services: string[]) {
  const runEvent = useCallback<NonNullable<FieldSurroundings['runEvent']>>(
    async (event, values, row = 0) => {
      const params = { path: { token, event } }
      const body = { values, password, row }
      return (await api.post('/api/public/{token}/events/{event}', { params, body })) as Suggested
    },
    [token, password],
  )
  const sms = services.includes('sms')
  const verifyPhone = useMemo<FieldSurroundings['verifyPhone']>(() => {
    if (!sms) return undefined
    const params = { path: { token } }
    return {
      send: (field, number) =>
        api.post('/api/public/{token}/phone-codes', { params, body: { field, number, password } }),
      check: async (field, number, code) => {
        await api.post('/api/public/{token}/phone-codes/check', { params, body: { field, number, code, password } })
      },
    }
  }, [sms, token, password])
  return { runEvent, verifyPhone }
}
