/** The table of regions that addresses offer 行政区划: a line each, edited as text. */
import { Button, Input } from 'antd'
import { useState } from 'react'
import { api } from '@/api/client'
import { queryClient, renew, useApi } from '@/api/query'
import { useT } from '@/i18n/i18n'
import { confirm } from '@/ui/confirm'
import { ErrorState } from '@/ui/error-state'
import { PageHeader } from '@/ui/page-header'
import { RowBones } from '@/ui/skeletons'
import { toast } from '@/ui/toast'
import css from './told.module.css'

const PATH = '/api/regions/lines'

function Editor({ lines }: { lines: string[] }) {
  const t = useT()
  const [text, setText] = useState(lines.join('\n'))
  const [busy, setBusy] = useState(false)
  const send = async (next: string[]) => {
    setBusy(true)
    try {
      const kept = await api.put('/api/regions', { body: { lines: next } })
      setText(kept.lines.join('\n'))
      queryClient.setQueryData([PATH, {}], kept)
      await renew('/api/regions')
      toast.done(t('fill.regionsSaved', { count: kept.lines.length }))
    } catch (error) {
      toast.error(error)
    } finally {
      setBusy(false)
    }
  }
  const reset = async () => {
    if (
      await confirm({
        title: t('fill.regionsReset'),
        detail: t('fill.regionsResetText'),
        action: t('fill.regionsReset'),
      })
    )
      await send([])
  }
  const written = text.split('\n').filter((line) => line.trim() !== '')
  return (
    <>
      <Input.TextArea
        value={text}
        autoSize={{ minRows: 14, maxRows: 26 }}
        spellCheck={false}
        aria-label={t('workspace.regions')}
        onChange={(event) => setText(event.target.value)}
      />
      <div style={{ display: 'flex', gap: 8, alignItems: 'center', marginTop: 12 }}>
        <Button type="primary" loading={busy} disabled={written.length === 0} onClick={() => void send(written)}>
          {t('ui.save')}
        </Button>
        <Button disabled={busy} onClick={() => void reset()}>
          {t('fill.regionsReset')}
        </Button>
        <span className={css.hint}>{t('fill.regionsCount', { count: written.length })}</span>
      </div>
    </>
  )
}

/** For administrators. */
export default function Regions() {
  const t = useT()
  const { data, error, refetch } = useApi(PATH)
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  return (
    <>
      <PageHeader title={t('workspace.regions')} />
      <div className={css.pad}>
        <p className={css.hint}>{t('fill.regionsHint')}</p>
        {data ? <Editor lines={data.lines} /> : <RowBones />}
      </div>
    </>
  )
}
