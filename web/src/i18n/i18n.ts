/** The languages of the page 界面语言: zh-CN and English are equal; every folder brings its own words. */
import { useMemo } from 'react'
import { create } from 'zustand'
import type { Tree } from './words'

export type Language = 'zh-CN' | 'en'
export type T = (key: string, params?: Record<string, unknown>) => string

type Files = Record<string, () => Promise<Tree>>

const REMEMBERED = 'qiaoban.language'
const FIRST = 'ui'
const LANGUAGES: Language[] = ['zh-CN', 'en']

/** Folders bring a `locales.ts` with both languages; the build hands out one language at a time. */
const files: Record<Language, Files> = {
  'zh-CN': import.meta.glob<Tree>(
    ['../{app,ui,fields,nodes}/locales.ts', '../{ui,nodes}/*/locales.ts', '../features/{*,*/*}/locales.ts'],
    { query: '?words=zh', import: 'default' },
  ),
  en: import.meta.glob<Tree>(
    ['../{app,ui,fields,nodes}/locales.ts', '../{ui,nodes}/*/locales.ts', '../features/{*,*/*}/locales.ts'],
    { query: '?words=en', import: 'default' },
  ),
}

/** The folder a locales file speaks for: the first part of its keys. */
function owner(path: string): string {
  return path.split('/').at(-2) ?? ''
}

const paths = Object.keys(files.en)
const FRAME = paths.filter((path) => !path.includes('/features/')).map(owner)

function remembered(): Language | null {
  try {
    const kept = localStorage.getItem(REMEMBERED)
    return kept === 'zh-CN' || kept === 'en' ? kept : null
  } catch {
    return null
  }
}

/** What the visitor chose before, else what the browser prefers. */
export function firstLanguage(): Language {
  const preferred = navigator.languages?.[0] ?? navigator.language ?? 'zh-CN'
  return remembered() ?? (preferred.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en')
}

const useSpoken = create<{ spoken: Language }>(() => ({ spoken: firstLanguage() }))

/** The language spoken now. */
export function language(): Language {
  return useSpoken.getState().spoken
}

const brought: Record<Language, Tree> = { 'zh-CN': {}, en: {} }
const needed = new Set<string>()
const coming = new Map<string, Promise<void>>()

function bring(spoken: Language, folder: string): Promise<void> {
  const name = `${spoken} ${folder}`
  const known = coming.get(name)
  if (known !== undefined) return known
  const load = files[spoken][paths.find((path) => owner(path) === folder) ?? '']
  const on = (load?.() ?? Promise.resolve({})).then((words) => {
    brought[spoken][folder] = words
  })
  coming.set(name, on)
  on.catch(() => coming.delete(name))
  return on
}

/** Brings the words of `folders` in the language spoken now, and from now on in every other that is chosen. */
export async function need(...folders: string[]): Promise<void> {
  for (const folder of folders) needed.add(folder)
  await Promise.all(folders.map((folder) => bring(language(), folder)))
}

/** The words that every page may use before any other comes. */
export function needFirst(): Promise<void> {
  return need(FIRST)
}

/** The words of the frame, fields and records: of all but the features. */
export function needFrame(): Promise<void> {
  return need(...FRAME)
}

/** Every word in every language, for tests. */
export async function needAll(): Promise<void> {
  await Promise.all(LANGUAGES.flatMap((each) => paths.map((path) => bring(each, owner(path)))))
}

/** Speaks `next` as soon as its words are there, and remembers it. */
export async function setLanguage(next: Language): Promise<void> {
  try {
    localStorage.setItem(REMEMBERED, next)
  } catch {
    // a browser that keeps nothing still speaks the language until it is closed
  }
  const missing = [...needed].filter((folder) => !(folder in brought[next]))
  if (missing.length > 0) await Promise.all(missing.map((folder) => bring(next, folder)))
  document.documentElement.lang = next
  useSpoken.setState({ spoken: next })
}

/** The words for `key` as they are written, if there are any. */
export function wordsFor(key: string, spoken: Language): string | undefined {
  let at: Tree | string | undefined = brought[spoken]
  for (const part of key.split('.')) at = typeof at === 'object' ? at[part] : undefined
  return typeof at === 'string' ? at : undefined
}

function translate(spoken: Language, key: string, params: Record<string, unknown> = {}): string {
  const written = wordsFor(key, spoken) ?? wordsFor(key, 'en')
  if (written === undefined) return String(params.defaultValue ?? key)
  return written.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => String(params[name] ?? ''))
}

/** Outside of components: the words for `key` in the language spoken now. */
export const t: T = (key, params) => translate(language(), key, params)

/** The language spoken now, for components that format by it. */
export function useLanguage(): Language {
  return useSpoken(({ spoken }) => spoken)
}

/** In components: `const t = useT()`, then `t('records.add')`: folder, then key. */
export function useT(): T {
  const spoken = useLanguage()
  return useMemo(() => (key: string, params?: Record<string, unknown>) => translate(spoken, key, params), [spoken])
}

/** One of two words by the language spoken now: `pick({ zh: '数字', en: 'Number' })`. */
export function pick(words: { zh: string; en: string }): string {
  return language() === 'en' ? words.en : words.zh
}
