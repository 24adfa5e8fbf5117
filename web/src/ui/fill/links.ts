/** Links that name fields 带字段的链接: filled with a record's values, only ever behind the host. */
const LINK = /^https?:\/\/[^\s/?#<>"{}@]{1,253}(?:[/?#][^\s<>"]*)?$/i

/** Whether the link can be published; the twin of builder/links.py. */
export function isLink(link: string, secure = false): boolean {
  if (!LINK.test(link) || (secure && !/^https:/i.test(link))) return false
  return !/[{}]/.test(link.replace(/\{[a-z][a-z0-9_]*\}/g, ''))
}

/** The link with the record's values in their places; "" for what is no link. */
export function filledLink(link: string | undefined, values: Record<string, unknown> | undefined): string {
  if (!link || !isLink(link)) return ''
  return link.replace(/\{([a-z][a-z0-9_]*)\}/g, (_, id: string) => {
    const value = values?.[id]
    const text = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : ''
    return encodeURIComponent(String(text))
  })
}

/** The fields that a link names. */
export function namesIn(link: string | undefined): string[] {
  return [...(link ?? '').matchAll(/\{([a-z][a-z0-9_]*)\}/g)].map(([, name = '']) => name)
}
