/** Where to go after signing in 登录后的去处. */

/** Where to go on: only to a place of ours. */
export function safeNext(next: string | undefined, home: string): string {
  return next?.startsWith('/') && !next.startsWith('//') && !next.includes('\\') ? next : home || '/'
}
