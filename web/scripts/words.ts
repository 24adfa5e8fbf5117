/** Gives `locales.ts?words=zh` the words of one language 文案分语言: written side by side, loaded one at a time. */
import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

const ASKED = /^(.*\/locales\.ts)\?words=(zh|en)$/

/** The two trees that a `locales.ts` declares; it holds an object literal and nothing else. */
function bothOf(path: string): Record<string, unknown> {
  const text = readFileSync(path, 'utf8')
    .replace(/^import .*$/m, '')
    .replace('export default words(', 'return (')
  return new Function(text)() as Record<string, unknown>
}

/** The plugin. */
export function oneLanguage(): Plugin {
  return {
    name: 'one-language',
    enforce: 'pre',
    load(id) {
      const [, path, language] = ASKED.exec(id) ?? []
      if (path === undefined || language === undefined) return null
      return { code: `export default ${JSON.stringify(bothOf(path)[language])}`, moduleType: 'js' }
    },
  }
}

/** Which file the words in `id` go to: those of all but the features are wanted together. */
export function wordsChunk(id: string): string | null {
  const [, path = '', language] = ASKED.exec(id) ?? []
  if (language === undefined || path.includes('/features/') || /\/ui\/locales\.ts$/.test(path)) return null
  return `words-${language}`
}
