/** A member's fill page within what its fields may ask 成员填写页; who is nobody signs in first. */

import { useSession } from '@/api/session'
import FillPage from '@/features/records/pages/fill'
import { setZone } from '@/lib/zone'
import { Confirms } from '@/ui/confirm'
import { ErrorState } from '@/ui/error-state'
import { PageBones } from '@/ui/skeletons'
import { Surroundings } from './surroundings'

/** The page, or the way to the door. */
export default function Filling() {
  const { data, error, refetch } = useSession()
  if (error) return <ErrorState error={error} onRetry={refetch} />
  if (data && !data.member) {
    const next = window.location.pathname + window.location.search
    window.location.replace(`/signin?next=${encodeURIComponent(next)}`)
  }
  if (!data?.member) return <PageBones />
  if (data.workspace) setZone(data.workspace.timezone)
  return (
    <Surroundings>
      <FillPage />
      <Confirms />
    </Surroundings>
  )
}
