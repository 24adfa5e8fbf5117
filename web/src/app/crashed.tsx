/** What stands where a page broke 页面出错. */
import { useT } from '@/i18n/i18n'
import { EmptyState } from '@/ui/empty-state'
import { PlainButton } from '@/ui/plain-button'

/** Says that nothing is lost, and offers to load again. */
export function Crashed() {
  const t = useT()
  return (
    <div role="alert">
      <EmptyState
        figure="bird"
        title={t('ui.crashTitle')}
        hint={t('ui.crashHint')}
        action={
          <PlainButton look="framed" onClick={() => window.location.reload()}>
            {t('ui.reload')}
          </PlainButton>
        }
      />
    </div>
  )
}
