/** Where an app opens 应用首页: the page its menu names. */
import { useT } from '@/i18n/i18n'
import { Redirect } from '@/lib/redirect'
import { usePath } from '@/lib/route'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { PageBones } from '@/ui/skeletons'
import { homeOf, useMenu } from './use-menu'

/** Goes on at once. */
export default function AppHome() {
  const t = useT()
  const { app } = usePath()
  const { data, error, refetch } = useMenu(app)
  if (error) return <ErrorState error={error} onRetry={refetch} />
  if (!data) return <PageBones />
  const home = homeOf(app, data)
  return home ? <Redirect to={home} /> : <EmptyState figure="house" title={t('app.emptyMenu')} />
}
