/** Language and light 语言与明暗: two switches that stand on every page. */
import { Button } from 'antd'
import { Moon, Sun } from 'lucide-react'
import { setLanguage, useLanguage, useT } from '@/i18n/i18n'
import { useMode } from '@/theme/mode'
import { IconButton } from './icon-button'

/** Says the other language's own name. */
export function LanguageSwitch() {
  const spoken = useLanguage()
  const next = spoken === 'en' ? 'zh-CN' : 'en'
  return (
    <Button type="text" lang={next} onClick={() => setLanguage(next)} data-testid="language">
      {next === 'en' ? 'English' : '中文'}
    </Button>
  )
}

/** Sun or moon. */
export function ModeSwitch() {
  const t = useT()
  const { mode, setMode } = useMode()
  const next = mode === 'dark' ? 'light' : 'dark'
  return <IconButton icon={next === 'dark' ? Moon : Sun} label={t(`ui.${next}`)} onClick={() => setMode(next)} />
}
