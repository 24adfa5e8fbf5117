/** What every page stands on 全局环境: theme, language, kept answers, messages. */
import { QueryClientProvider } from '@tanstack/react-query'
import { ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import type { ReactNode } from 'react'
import { queryClient } from '@/api/query'
import { useLanguage } from '@/i18n/i18n'
import { antdTheme } from '@/theme/antd'
import { useMode } from '@/theme/mode'
import { Confirms } from '@/ui/confirm'
import { Toasts } from '@/ui/toast'

/** Wraps the whole app. */
export function Providers({ children }: { children: ReactNode }) {
  const spoken = useLanguage()
  const { mode } = useMode()
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
