/** How far the rows of the file are, and where to go then 导入进度. */
import { Alert, Button, Progress } from 'antd'
import { useApi } from '@/api/query'
import { useT } from '@/i18n/i18n'
import css from '../designer.module.css'

const GOING = ['queued', 'running']
const POLL = 1_000

interface ResultProps {
  id: string
  name: string
  onOpen: () => void
  onDesign: () => void
}

/** A bar while it runs; then what it came to. */
export function Result({ id, name, onOpen, onDesign }: ResultProps) {
  const t = useT()
  const { data } = useApi(
    '/api/imports/{id}',
    { params: { path: { id } } },
    { refetchInterval: ({ state }) => (state.data && !GOING.includes(state.data.state) ? false : POLL) },
  )
  const { state = 'queued', total = 0, done = 0, created = 0, bad = 0, detail = '' } = data ?? {}
  if (GOING.includes(state))
    return (
      <div className={css.newForm} role="status">
        <Progress percent={total > 0 ? Math.floor((done / total) * 100) : 0} status="active" />
        <span>{t('sheet.running', { done, total })}</span>
      </div>
    )
  const failed = state === 'failed'
  return (
    <div className={css.newForm}>
      <Alert
        showIcon
        type={failed ? 'error' : bad > 0 ? 'warning' : 'success'}
        message={failed ? t('sheet.failed', { detail }) : t('sheet.done', { name, created })}
        description={bad > 0 ? t('sheet.someBad', { bad }) : undefined}
      />
      <div className={css.sheetButtons}>
        <Button type="primary" onClick={onOpen}>
          {t('sheet.open')}
        </Button>
        <Button onClick={onDesign}>{t('sheet.design')}</Button>
      </div>
    </div>
  )
}
