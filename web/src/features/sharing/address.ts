/** Where a public link leads 链接地址. */
import type { components } from '@/api/schema'

export type Link = components['schemas']['LinkOut']
export type Kind = 'fill' | 'query'

export interface Terms {
  title: string
  description: string
  thanks: string
  fields: string[]
  asked: string[]
  view: string
  owner: string
  opens_at: string | null
  closes_at: string | null
  limit: number
  once: boolean
  prefill: boolean
  captcha: 'off' | 'work' | 'provider'
}

/** The whole address, to be copied or drawn as a code. */
export function addressOf(link: Link): string {
  return new URL(`/p/${link.token}`, window.location.origin).href
}

/** What the server keeps, as the dialog edits it. */
export function termsOf(link: Link): Terms {
  return link.terms as unknown as Terms
}
