/** Around the pages that are built of antd's parts 组件环境; the landing page is not among them. */
import { Outlet } from '@tanstack/react-router'
import { ConfigProvider } from 'antd'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { Suspense } from 'react'
import { useLanguage } from '@/i18n/i18n'
import { antdTheme } from '@/theme/antd'
import { useAntdWords } from '@/theme/antd-words'
import { useMode } from '@/theme/mode'
import { Confirms } from '@/ui/confirm'
import { PageBones } from '@/ui/skeletons'

/** Theme and words for antd, and the place where questions appear. */
export default function Furnished() {
  const spoken = useLanguage()
  const { mode } = useMode()
  const words = useAntdWords(spoken)
  dayjs.locale(spoken === 'en' ? 'en' : 'zh-cn')
  return (
    <ConfigProvider theme={antdTheme(mode)} locale={words} button={{ autoInsertSpace: false }}>
      <Suspense fallback={<PageBones />}>
        <Outlet />
      </Suspense>
      <Confirms />
    </ConfigProvider>
  )
}
