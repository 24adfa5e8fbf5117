/** antd's own words 组件文案: those of the language that is spoken, when it is spoken. */
import type { ConfigProviderProps } from 'antd'
import { useEffect, useState } from 'react'

type AntdWords = NonNullable<ConfigProviderProps['locale']>

const load: Record<string, () => Promise<{ default: AntdWords }>> = {
  'zh-CN': () => import('antd/locale/zh_CN'),
  en: () => import('antd/locale/en_US'),
}
const known = new Map<string, AntdWords>()

/** Brings antd's words in `language`; at once if they were brought before. */
export async function needAntdWords(language: string): Promise<AntdWords> {
  const words = known.get(language) ?? (await load[language]?.())?.default
  if (words === undefined) throw new Error(`antd does not speak ${language}`)
  known.set(language, words)
  return words
}

/** antd's words in `language`; the language before until they are there. */
export function useAntdWords(language: string): AntdWords | undefined {
  const [words, setWords] = useState(() => known.get(language))
  useEffect(() => {
    let late = false
    needAntdWords(language).then((next) => late || setWords(next))
    return () => {
      late = true
    }
  }, [language])
  return words
}
