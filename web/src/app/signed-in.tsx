/** The door before every page that needs to know who asks 登录检查. */
import { useLocation } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { SIGNED_OUT } from '@/api/client'
import { type Session, useSession } from '@/api/session'
import { Redirect } from '@/lib/redirect'
import { setZone } from '@/lib/zone'
import { ErrorState } from '@/ui/error-state'
import { PageBones } from '@/ui/skeletons'

/** Whoever is nobody is asked to sign in, and comes back. */
export function SignedIn({ children }: { children: (session: Session) => ReactNode }) {
  const { data, error, refetch } = useSession()
  const { href } = useLocation()
  useEffect(() => {
    const look = () => void refetch()
    window.addEventListener(SIGNED_OUT, look)
    return () => window.removeEventListener(SIGNED_OUT, look)
  }, [refetch])
  if (error) return <ErrorState error={error} onRetry={refetch} />
  if (!data) return <PageBones />
  if (!data.member) return <Redirect to="/signin" search={{ next: href }} />
  if (data.workspace) setZone(data.workspace.timezone)
  return children(data)
}
