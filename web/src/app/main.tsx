/** Where the browser begins 入口. */
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { language, needFirst } from '@/i18n/i18n'
import { startMode } from '@/theme/mode'
import '@/theme/global.css'
import { Providers } from './providers'
import { router } from './router'

startMode()
document.documentElement.lang = language()

function show(): void {
  const place = document.getElementById('root')
  if (place === null) return
  createRoot(place).render(
    <StrictMode>
      <Providers>
        <RouterProvider router={router} />
      </Providers>
    </StrictMode>,
  )
}

router.load()
needFirst().then(show, show)
