/** Where the browser begins on a fill page 填写页入口: without the frame, the router and the component library. */
import { type ComponentType, lazy, StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { asking, queryClient } from '@/api/query'
import { language, need } from '@/i18n/i18n'
import { startMode } from '@/theme/mode'
import '@/theme/global.css'
import { FormBones } from '@/ui/skeletons'
import { Providers } from './providers'

startMode()
document.documentElement.lang = language()

const [, room = '', one = '', two = ''] = window.location.pathname.split('/').map(decodeURIComponent)

/** The page with its words; what it asks first is asked while it is still on its way. */
function begin(): [Promise<{ default: ComponentType }>, Promise<void>] {
  const words = (feature: string) => need('ui', 'fields', 'fill', 'record', feature)
  if (room === 'p') return [import('@/features/sharing/pages/open'), words('sharing')]
  const params = { path: { app: one, form: two } }
  void queryClient.prefetchQuery(asking('/api/session'))
  void queryClient.prefetchQuery(asking('/api/apps/{app}/forms/{form}', { params }))
  void queryClient.prefetchQuery(asking('/api/directory'))
  return [import('./filling'), words('records')]
}

const [page, words] = begin()
const Page = lazy(() => page)

function show(): void {
  const place = document.getElementById('root')
  if (place === null) return
  createRoot(place).render(
    <StrictMode>
      <Providers>
        <Suspense fallback={<FormBones />}>
          <Page />
        </Suspense>
      </Providers>
    </StrictMode>,
  )
}

words.then(show, show)
