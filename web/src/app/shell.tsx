/** The frame around an app's pages 应用框架. */
import { Outlet } from '@tanstack/react-router'
import { Suspense } from 'react'
import { PageBones } from '@/ui/skeletons'

/** The page inside its frame. */
export function Shell() {
  return (
    <Suspense fallback={<PageBones />}>
      <Outlet />
    </Suspense>
  )
}
