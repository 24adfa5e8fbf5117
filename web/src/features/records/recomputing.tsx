/** Says that values which come from other records are being computed anew, and how far that is 正在重算. */
import { LoaderCircle } from 'lucide-react'
import { useEvent } from '@/api/events'
import { renew, useApi } from '@/api/query'
import { useT } from '@/i18n/i18n'
import css from './records.module.css'

const ASKED = '/api/apps/{app}/forms/{form}/recomputing'

/** Nothing while nothing waits. */
export function Recomputing({ app, form }: { app: string; form: string }) {
  const t = useT()
  const { data } = useApi(ASKED, { params: { path: { app, form } } }, { staleTime: 30_000 })
  const hear = (news: Record<string, unknown>) => {
    if (news.app === app && news.form === form) void renew(ASKED)
  }
  useEvent('recompute', hear)
  useEvent('retyping', hear)
  if (data && data.retyping.length > 0) {
    const labels = data.retyping.join(t('design.comma'))
    const params = { labels, done: data.seen.toLocaleString(), total: data.of.toLocaleString() }
    return (
      <div className={css.recomputing} role="status">
        <LoaderCircle size={14} className={css.turning} aria-hidden />
        {t('records.retyping', params)}
      </div>
    )
  }
  if (!data || data.left === 0) return null
  const done = Math.max(0, data.total - data.left)
  return (
    <div className={css.recomputing} role="status">
      <LoaderCircle size={14} className={css.turning} aria-hidden />
      {t('records.recomputing', { done: done.toLocaleString(), total: data.total.toLocaleString() })}
    </div>
  )
}
