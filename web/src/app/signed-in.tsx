/** The door before every page that needs to know who asks 登录检查. */
import { Navigate, useLocation } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { type Session, useSession } from '@/api/session'
import { ErrorState } from '@/ui/error-state'
import { PageBones } from '@/ui/skeletons'

/** Whoever is nobody is asked to sign in, and comes back. */
export function SignedIn({ children }: { children: (session: Session) => ReactNode }) {
  const { data, error, refetch } = useSession()
  const { href } = useLocation()
  const [first] = useState(href)
  if (error) return <ErrorState error={error} onRetry={refetch} />
  if (!data) return <PageBones />
  if (!data.member) return <Navigate to="/signin" search={{ next: first } as never} replace />
  return children(data)
}
