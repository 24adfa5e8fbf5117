/** What became of a migration 迁移结果: how far it is, and each that stayed with its reason. */
import { Alert, Button, Progress } from 'antd'
import { useT } from '@/i18n/i18n'
import { useGo } from '@/lib/route'
import type { Movement } from './use-moving'
import css from './versions.module.css'

const SHOWN = 200

/** How far it is, while it goes on. */
export function MoveProgress({ run, busy, stop }: Movement) {
  const t = useT()
  if (!busy) return null
  const [done, of] = [run?.done.length ?? 0, run?.of ?? 0]
  return (
    <div className={css.progress} role="status">
      <Progress percent={of === 0 ? 0 : Math.floor((done / of) * 100)} size="small" />
      <span className="tabular">{of === 0 ? '' : t('versions.progress', { done, of })}</span>
      <Button size="small" onClick={stop}>
        {t('versions.stop')}
      </Button>
    </div>
  )
}

/** What was done, and what not. */
export function MoveResult({ run, busy, form, app }: Movement & { app: string; form: string }) {
  const t = useT()
  const go = useGo()
  if (run === null || busy) return null
  const failed = run.done.filter(({ ok }) => !ok)
  if (failed.length === 0 && !run.stopped) return null
  const good = run.done.length - failed.length
  return (
    <section className={css.result} aria-label={t('versions.result')}>
      <Alert
        type="warning"
        showIcon
        title={t(run.deed === 'move' ? 'versions.moved' : 'versions.undone', { count: good })}
        description={[
          failed.length > 0 ? t('versions.someFailed', { count: failed.length }) : '',
          run.stopped ? t('versions.stopped', { count: run.of - run.done.length }) : '',
        ]
          .filter(Boolean)
          .join(' ')}
      />
      <ul>
        {failed.slice(0, SHOWN).map(({ instance, record, title, detail }) => (
          <li key={instance}>
            {record === '' ? (
              <span>{instance}</span>
            ) : (
              <button type="button" onClick={() => go(`/app/${app}/form/${form}`, { record, tab: 'flow' })}>
                {title || record}
              </button>
            )}
            <span className={css.bad}>{detail}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
