/** An app without its sample records 清空示例数据. */
import { api } from '@/api/client'
import { queryClient } from '@/api/query'
import { t } from '@/i18n/i18n'
import { confirm } from '@/ui/confirm'
import { toast } from '@/ui/toast'

/** Asks, and puts the sample records into the recycle bin. */
export async function clearSamples(app: { id: string; name: string }): Promise<void> {
  const title = t('workspace.clearSamplesTitle', { name: app.name })
  const detail = t('workspace.clearSamplesDetail')
  if (!(await confirm({ title, detail, action: t('workspace.clearSamples') }))) return
  try {
    await api.delete('/api/apps/{app}/samples', { params: { path: { app: app.id } } })
    toast.done(t('workspace.samplesCleared'))
    await queryClient.invalidateQueries()
  } catch (problem) {
    toast.error(problem)
  }
}
