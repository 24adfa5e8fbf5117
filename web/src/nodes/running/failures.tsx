/** What has failed in a running workflow 节点失败: why, what was written and what not, and a way on for administrators. */
import { Button } from 'antd'
import { useT } from '@/i18n/i18n'
import { useGo } from '@/lib/route'
import { confirm } from '@/ui/confirm'
import type { Deeds, Flow, Place } from './deeds'
import css from './running.module.css'

type Failure = NonNullable<Flow['failures']>[number]

/** The records that an update left as they were; a click opens one. */
function Unwritten({ app, failure }: { app: string; failure: Failure }) {
  const t = useT()
  const go = useGo()
  const { left, form, records = [] } = failure
  if (!left || !form || records.length === 0) return null
  return (
    <details className={css.unwritten}>
      <summary>
        {t('running.notWritten')} ({left})
      </summary>
      <div>
        {records.map(({ id, title }) => (
          <button key={id} type="button" onClick={() => go(`/app/${app}/form/${form}`, { record: id })}>
            {title || id}
          </button>
        ))}
        {left > records.length ? <small>{t('running.notWrittenMore', { count: records.length })}</small> : null}
      </div>
    </details>
  )
}

/** Retry and skip; what a skip leaves undone is asked about first. */
function Ways({ failure, deeds }: { failure: Failure; deeds: Deeds }) {
  const t = useT()
  const { node, left, written } = failure
  const skip = async () => {
    const asked = { count: left ?? 0, written: written ?? 0 }
    const question = { title: t('running.skipAsk', asked), detail: t('running.skipHint', asked) }
    if (!left || (await confirm({ ...question, action: t('running.skip') }))) void deeds.act({ name: 'skip', node })
  }
  return (
    <span className={css.buttons}>
      <Button size="small" loading={deeds.busy === 'retry'} onClick={() => void deeds.act({ name: 'retry', node })}>
        {left && written ? t('running.retryRest', { count: left }) : t('running.retry')}
      </Button>
      <Button size="small" loading={deeds.busy === 'skip'} onClick={() => void skip()}>
        {t('running.skip')}
      </Button>
    </span>
  )
}

/** One line for each node that has failed. */
export function Failures({ flow, deeds, place }: { flow: Flow; deeds: Deeds; place?: Place | undefined }) {
  const t = useT()
  const failures = flow.failures ?? []
  if (failures.length === 0) return null
  return (
    <ul className={css.failures}>
      {failures.map((failure) => (
        <li key={failure.node}>
          <span>
            <strong>{t('running.failed', { node: failure.label })}</strong> {failure.reason}
          </span>
          {flow.admin ? <Ways failure={failure} deeds={deeds} /> : null}
          {place ? <Unwritten app={place.app} failure={failure} /> : null}
        </li>
      ))}
    </ul>
  )
}
