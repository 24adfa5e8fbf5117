/** The page at this address, bones until it is loaded 页面出口. */
import { Outlet } from '@tanstack/react-router'
import { Suspense } from 'react'
import { PageBones } from '@/ui/skeletons'

/** Where a page stands in its frame. */
export function Page() {
  return (
    <Suspense fallback={<PageBones />}>
      <Outlet />
    </Suspense>
  )
}
