/** Imports of before, to be looked at again 最近的导入: how far, what came of it, undo. */
import { Button } from 'antd'
import { useApi } from '@/api/query'
import { useT } from '@/i18n/i18n'
import { formatNumber } from '@/lib/format'
import type { FormShape } from '@/ui/record/shape'
import css from '../records.module.css'

const SHOWN = 4

/** Nothing when nothing was imported yet. */
export function Recent({ shape, onOpen }: { shape: FormShape; onOpen: (id: string) => void }) {
  const t = useT()
  const path = { app: shape.app, form: shape.form }
  const { data = [] } = useApi('/api/apps/{app}/forms/{form}/imports', { params: { path } }, { staleTime: 0 })
  const begun = data.filter(({ state }) => state !== 'ready').slice(0, SHOWN)
  if (begun.length === 0) return null
  return (
    <section aria-label={t('records.recentImports')}>
      <div className={css.relatedHead}>{t('records.recentImports')}</div>
      {begun.map(({ id, state, created, updated, bad }) => (
        <div key={id} className={css.trouble}>
          <span className={css.troubleText}>
            {t(`records.import_${state}`)}{' '}
            <span className={css.quiet}>
              {t('records.recentLine', {
                created: formatNumber(created),
                updated: formatNumber(updated),
                bad: formatNumber(bad),
              })}
            </span>
          </span>
          <Button size="small" type="text" onClick={() => onOpen(id)}>
            {t('records.look')}
          </Button>
        </div>
      ))}
    </section>
  )
}
