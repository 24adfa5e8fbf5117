/** What the way over the canvas shows 画布上的路径说明. */
import { Panel } from '@xyflow/react'
import { X } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { IconButton } from '@/ui/icon-button'
import css from './flow.module.css'
import { showTrail, useOverlay } from './overlay'

/** One sentence at the top, with a way to take it off. */
export function TrailWords() {
  const t = useT()
  const trail = useOverlay((overlay) => overlay.trail)
  if (trail?.words === undefined) return null
  return (
    <Panel position="top-left" className={css.trailWords} data-tone={trail.tone}>
      <span role="status">{trail.words}</span>
      <IconButton icon={X} iconSize={14} size="small" label={t('flow.hideTrail')} onClick={() => showTrail(null)} />
    </Panel>
  )
}
