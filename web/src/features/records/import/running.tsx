/** How far an import is, and what it came to 导入进度与结果. */
import { Alert, Progress as Bar, Button } from 'antd'
import { Download, Undo2 } from 'lucide-react'
import { useEffect } from 'react'
import { api } from '@/api/client'
import { useEvent } from '@/api/events'
import { useApi } from '@/api/query'
import { useT } from '@/i18n/i18n'
import { confirm } from '@/ui/confirm'
import { toast } from '@/ui/toast'
import css from '../records.module.css'
import { Figure } from './checking'

const POLL = 1_000
const GOING = ['queued', 'running', 'undoing']

/** The import, asked again while it goes. */
export function useProgress(id: string) {
  const query = useApi(
    '/api/imports/{id}',
    { params: { path: { id } } },
    { refetchInterval: ({ state }) => (state.data && !GOING.includes(state.data.state) ? false : POLL) },
  )
  useEvent('import', (news) => news.id === id && void query.refetch())
  return query
}

/** The step; `onEnd` hears once that it is over. */
export function Running({ id, onEnd }: { id: string; onEnd: () => void }) {
  const t = useT()
  const { data, refetch } = useProgress(id)
  const state = data?.state ?? 'queued'
  const over = !GOING.includes(state)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each end
  useEffect(() => {
    if (over) onEnd()
  }, [over, state])
  const undo = async () => {
    const sure = { title: t('records.undoTitle'), detail: t('records.undoHint'), action: t('records.undoImport') }
    if (!(await confirm(sure))) return
    try {
      await api.post('/api/imports/{id}/undo', { params: { path: { id } } })
      await refetch()
    } catch (error) {
      toast.error(error)
    }
  }
  if (!data) return <Bar percent={0} status="active" />
  const { total, done, created, updated, bad, can_undo, detail } = data
  const share = total > 0 ? Math.floor((done / total) * 100) : 0
  const tone = state === 'failed' ? 'error' : state === 'done' ? 'success' : 'info'
  return (
    <div className={css.stack}>
      <Bar
        percent={over && state !== 'failed' ? 100 : share}
        status={state === 'failed' ? 'exception' : over ? 'success' : 'active'}
      />
      <Alert
        type={tone}
        showIcon
        title={t(`records.import_${state}`)}
        description={detail || (over ? undefined : t('records.mayLeave'))}
      />
      <div className={css.figures}>
        <Figure label={t('records.created')} value={created} />
        <Figure label={t('records.updated')} value={updated} />
        <Figure label={t('records.bad')} value={bad} hue={bad > 0 ? 'danger' : undefined} />
      </div>
      <div className={css.buttons}>
        {bad > 0 && over ? (
          <Button icon={<Download size={15} />} href={`/api/imports/${id}/errors`}>
            {t('records.errorFile')}
          </Button>
        ) : null}
        {can_undo && over ? (
          <Button icon={<Undo2 size={15} />} onClick={undo}>
            {t('records.undoImport')}
          </Button>
        ) : null}
      </div>
    </div>
  )
}
