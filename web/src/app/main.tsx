/** Where the browser begins 入口. */
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { language } from '@/i18n/i18n'
import { startMode } from '@/theme/mode'
import '@/theme/global.css'
import { Providers } from './providers'
import { router } from './router'

startMode()
document.documentElement.lang = language()

const place = document.getElementById('root')
if (place !== null) {
  createRoot(place).render(
    <StrictMode>
      <Providers>
        <RouterProvider router={router} />
      </Providers>
    </StrictMode>,
  )
}
