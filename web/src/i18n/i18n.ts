/** The languages of the page 界面语言: zh-CN and English are equal; every folder brings its own words. */
import i18next from 'i18next'
import { useMemo } from 'react'
import { initReactI18next, useTranslation } from 'react-i18next'
import type { Words } from './words'

export type Language = 'zh-CN' | 'en'
export type T = (key: string, params?: Record<string, unknown>) => string

const REMEMBERED = 'qiaoban.language'

const files = import.meta.glob<Words>(
  [
    '../features/*/locales.ts',
    '../app/locales.ts',
    '../ui/locales.ts',
    '../ui/*/locales.ts',
    '../fields/locales.ts',
    '../nodes/locales.ts',
  ],
  { eager: true, import: 'default' },
)

/** The folder a locales file speaks for: the first part of its keys. */
function owner(path: string): string {
  return path.split('/').at(-2) ?? ''
}

function resources() {
  const zh: Record<string, object> = {}
  const en: Record<string, object> = {}
  for (const [path, words] of Object.entries(files)) {
    zh[owner(path)] = words.zh
    en[owner(path)] = words.en
  }
  return { 'zh-CN': { translation: zh }, en: { translation: en } }
}

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

export const i18n = i18next.createInstance()

i18n.use(initReactI18next).init({
  resources: resources(),
  lng: firstLanguage(),
  fallbackLng: 'en',
  interpolation: { escapeValue: false },
  returnNull: false,
  showSupportNotice: false,
} as Parameters<typeof i18n.init>[0])

/** The language spoken now. */
export function language(): Language {
  return i18n.language === 'en' ? 'en' : 'zh-CN'
}

/** Speaks `next` from now on and remembers it. */
export function setLanguage(next: Language): void {
  try {
    localStorage.setItem(REMEMBERED, next)
  } catch {
    // a browser that keeps nothing still speaks the language until it is closed
  }
  document.documentElement.lang = next
  i18n.changeLanguage(next)
}

/** Outside of components: the words for `key` in the language spoken now. */
export const t: T = (key, params) => i18n.t(key, params ?? {})

/** In components: `const t = useT()`, then `t('records.add')`: folder, then key. */
export function useT(): T {
  const { t: translate } = useTranslation(undefined, { i18n })
  return useMemo(() => (key: string, params?: Record<string, unknown>) => translate(key, params ?? {}), [translate])
}

/** The language spoken now, for components that format by it. */
export function useLanguage(): Language {
  const { i18n: instance } = useTranslation(undefined, { i18n })
  return instance.language === 'en' ? 'en' : 'zh-CN'
}

/** One of two words by the language spoken now: `pick({ zh: '数字', en: 'Number' })`. */
export function pick(words: { zh: string; en: string }): string {
  return language() === 'en' ? words.en : words.zh
}
