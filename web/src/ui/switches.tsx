/** Language and light 语言与明暗: two switches that stand on every page. */
import { Moon, Sun } from 'lucide-react'
import { setLanguage, useLanguage, useT } from '@/i18n/i18n'
import { useMode } from '@/theme/mode'
import { PlainButton } from './plain-button'

/** Says the other language's own name. */
export function LanguageSwitch() {
  const spoken = useLanguage()
  const next = spoken === 'en' ? 'zh-CN' : 'en'
  return (
    <PlainButton lang={next} onClick={() => setLanguage(next)} data-testid="language">
      {next === 'en' ? 'English' : '中文'}
    </PlainButton>
  )
}

/** Sun or moon. */
export function ModeSwitch() {
  const t = useT()
  const { mode, setMode } = useMode()
  const next = mode === 'dark' ? 'light' : 'dark'
  const label = t(`ui.${next}`)
  return (
    <PlainButton title={label} aria-label={label} onClick={() => setMode(next)}>
      {next === 'dark' ? <Moon size={16} aria-hidden /> : <Sun size={16} aria-hidden />}
    </PlainButton>
  )
}
