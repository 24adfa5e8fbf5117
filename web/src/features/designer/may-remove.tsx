/** Before a published field goes 删除字段: how many records hold it, and where it is used. */
import { api } from '@/api/client'
import { t } from '@/i18n/i18n'
import { confirm } from '@/ui/confirm'
import { type Form, fieldAt } from './definition'
import css from './designer.module.css'

interface Around {
  app: string
  form: Form
  published: Set<string>
}

const MOST = 8

async function usageOf({ app, form }: Around, fields: string[]): Promise<{ records: number; uses: string[] }> {
  const asked = fields.map((field) =>
    api.get('/api/apps/{app}/forms/{form}/fields/{field}/usage', { params: { path: { app, form: form.id, field } } }),
  )
  const found = await Promise.all(asked)
  return {
    records: Math.max(0, ...found.map(({ records }) => records)),
    uses: [...new Set(found.flatMap(({ uses }) => uses.map(({ text }) => text)))],
  }
}

/** Asks only when there is something to lose. */
export async function mayRemove(around: Around, paths: string[]): Promise<boolean> {
  const known = paths.filter((path) => around.published.has(path))
  if (known.length === 0) return true
  const { records, uses } = await usageOf(around, known)
  if (records === 0 && uses.length === 0) return true
  const labels = known.map((path) => fieldAt(around.form, path)?.label ?? path).join(t('design.comma'))
  const held = known.every((path) => path.includes('.')) ? 'designer.heldInRows' : 'designer.heldBy'
  return confirm({
    title: t('designer.removeTitle', { labels }),
    detail: (
      <div className={css.list}>
        {records > 0 ? <strong>{t(held, { count: records })}</strong> : null}
        {uses.length > 0 ? (
          <div>
            {t('designer.usedIn')}
            <ul className={css.uses}>
              {uses.slice(0, MOST).map((use) => (
                <li key={use}>{use}</li>
              ))}
              {uses.length > MOST ? <li>…</li> : null}
            </ul>
          </div>
        ) : null}
        <span className={css.hint}>{t('designer.kept')}</span>
      </div>
    ),
    action: t('ui.delete'),
  })
}
