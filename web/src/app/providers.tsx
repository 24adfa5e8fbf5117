/** What every page stands on 全局环境: theme, language, kept answers, messages. */
import { QueryClientProvider } from '@tanstack/react-query'
import { ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { type ReactNode, useEffect, useRef } from 'react'
import { queryClient } from '@/api/query'
import { useLanguage } from '@/i18n/i18n'
import { antdTheme } from '@/theme/antd'
import { useMode } from '@/theme/mode'
import { Confirms } from '@/ui/confirm'
import { Toasts } from '@/ui/toast'

/** Labels come from the server in the asker's language: another language asks for all of them again. */
function useWordsAgain(spoken: string): void {
  const before = useRef(spoken)
  useEffect(() => {
    if (before.current === spoken) return
    before.current = spoken
    queryClient.invalidateQueries()
  }, [spoken])
}

/** Wraps the whole app. */
export function Providers({ children }: { children: ReactNode }) {
  const spoken = useLanguage()
  const { mode } = useMode()
  useWordsAgain(spoken)
  dayjs.locale(spoken === 'en' ? 'en' : 'zh-cn')
  return (
    <ConfigProvider theme={antdTheme(mode)} locale={spoken === 'en' ? enUS : zhCN} button={{ autoInsertSpace: false }}>
      <QueryClientProvider client={queryClient}>
        {children}
        <Confirms />
        <Toasts />
      </QueryClientProvider>
    </ConfigProvider>
  )
}
