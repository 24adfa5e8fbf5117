/** What stands where something failed 出错状态: the sentence of the server, and a way on. */
import { Button } from 'antd'
import { ApiProblem, sentenceOf } from '@/api/problem'
import { useT } from '@/i18n/i18n'
import { EmptyState } from './empty-state'

interface ErrorStateProps {
  error: unknown
  onRetry?: () => void
  small?: boolean
}

/** Says what went wrong and offers to try again; a 404 says that there is nothing. */
export function ErrorState({ error, onRetry, small = false }: ErrorStateProps) {
  const t = useT()
  const gone = error instanceof ApiProblem && error.status === 404
  return (
    <div role="alert">
      <EmptyState
        small={small}
        figure={gone ? 'fish' : 'bird'}
        title={gone ? t('ui.notFoundTitle') : t('ui.errorTitle')}
        hint={gone ? t('ui.notFoundHint') : sentenceOf(error)}
        action={onRetry && !gone ? <Button onClick={onRetry}>{t('ui.retry')}</Button> : null}
      />
    </div>
  )
}
