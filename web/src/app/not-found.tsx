/** What stands where no page is 找不到页面. */
import { Link } from '@tanstack/react-router'
import { useT } from '@/i18n/i18n'
import { EmptyState } from '@/ui/empty-state'

/** A sentence and a way home. */
export function NotFound() {
  const t = useT()
  return (
    <EmptyState
      figure="fish"
      title={t('ui.notFoundTitle')}
      hint={t('ui.notFoundHint')}
      action={<Link to="/">{t('ui.goHome')}</Link>}
    />
  )
}
