/** What every page stands on 全局环境: language, kept answers, messages. */
import { QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef } from 'react'
import { queryClient } from '@/api/query'
import { useLanguage } from '@/i18n/i18n'
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
  useWordsAgain(useLanguage())
  return (
    <QueryClientProvider client={queryClient}>
      {children}
      <Toasts />
    </QueryClientProvider>
  )
}
