/** Before a draft goes live 发布预览: its problems, its changes in words, and what it touches. */
import { Alert, Button, Input, Modal } from 'antd'
import { CircleAlert, Info } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { api, type GetAnswer } from '@/api/client'
import { ApiProblem } from '@/api/problem'
import { queryClient, renew } from '@/api/query'
import { useT } from '@/i18n/i18n'
import { confirm } from '@/ui/confirm'
import { ErrorState } from '@/ui/error-state'
import { RowBones } from '@/ui/skeletons'
import { toast } from '@/ui/toast'
import { ChangeList } from './change-list'
import css from './design.module.css'
import { forgetDrafts } from './draft'
import { ProblemList } from './problem-list'

type Preview = GetAnswer<'/api/apps/{app}/publish'>

interface PublishDialogProps {
  app: string
  open: boolean
  flush: () => Promise<boolean>
  onClose: () => void
  onJump: (path: (string | number)[]) => void
  /** More of what publishing does, shown once the draft is saved. */
  report?: ReactNode
}

interface Looked {
  preview: Preview | null
  revision: number
  parts: Record<string, unknown>
  error: unknown
}

/** A saved walk that comes out differently and only warns. */
const isCase = ({ code, blocking }: Preview['impacts'][number]) => code.startsWith('case_') && !blocking

const NOTHING: Looked = { preview: null, revision: 0, parts: {}, error: null }

async function look(app: string): Promise<Looked> {
  const params = { path: { app } }
  const [preview, draft] = await Promise.all([
    api.get('/api/apps/{app}/publish', { params }),
    api.get('/api/apps/{app}/draft', { params }),
  ])
  return { preview, revision: draft.revision, parts: draft.parts, error: null }
}

/** Saves what is open, asks the server what publishing would do, and does it. */
export function PublishDialog({ app, open, flush, onClose, onJump, report }: PublishDialogProps) {
  const t = useT()
  const [looked, setLooked] = useState<Looked>(NOTHING)
  const [message, setMessage] = useState('')
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    if (!open) return
    let here = true
    setLooked(NOTHING)
    const begin = async () => {
      await flush()
      const found = await look(app).catch((error: unknown) => ({ ...NOTHING, error }))
      if (here) setLooked(found)
    }
    void begin()
    return () => {
      here = false
    }
  }, [open, app, flush])

  const publish = async () => {
    setBusy(true)
    try {
      const body = { message, revision: looked.revision }
      const version = await api.post('/api/apps/{app}/publish', { params: { path: { app } }, body })
      toast.done(t('design.published', { number: version.number }))
      setMessage('')
      onClose()
      void renew('/api/apps')
    } catch (error) {
      toast.error(error)
      if (error instanceof ApiProblem && error.status < 500) setLooked(await look(app).catch(() => looked))
    } finally {
      setBusy(false)
    }
  }

  const discard = async () => {
    const question = { title: t('design.discardTitle'), detail: t('design.discardText'), action: t('design.discard') }
    if (!(await confirm(question))) return
    await api.post('/api/apps/{app}/draft/discard', { params: { path: { app } } }).catch(toast.error)
    forgetDrafts(app)
    await queryClient.invalidateQueries()
    onClose()
  }

  const { preview, error } = looked
  const blocked = preview !== null && (preview.problems.length > 0 || preview.impacts.some((each) => each.blocking))
  const differing = (preview?.impacts ?? []).filter(isCase)
  const impacts = (preview?.impacts ?? []).filter((each) => !isCase(each))
  const idle = preview !== null && preview.changes.length === 0
  return (
    <Modal
      open={open}
      onCancel={onClose}
      title={t('design.publishTitle')}
      width={560}
      footer={[
        idle ? null : (
          <Button key="discard" type="text" disabled={preview === null} onClick={discard} className={css.toStart}>
            {t('design.discard')}
          </Button>
        ),
        <Button key="cancel" onClick={onClose}>
          {t('ui.cancel')}
        </Button>,
        <Button
          key="publish"
          type="primary"
          loading={busy}
          disabled={preview === null || blocked || idle}
          onClick={publish}
        >
          {t('design.publish')}
        </Button>,
      ]}
    >
      {error !== null ? <ErrorState error={error} small /> : null}
      {preview === null && error === null ? <RowBones rows={4} /> : null}
      {preview === null ? null : (
        <div className={css.publishBody}>
          {preview.problems.length > 0 ? (
            <>
              <Alert type="error" showIcon title={t('design.blocked')} />
              <ProblemList
                problems={preview.problems}
                parts={looked.parts}
                onJump={(path) => {
                  onClose()
                  onJump(path)
                }}
              />
            </>
          ) : null}
          {differing.length > 0 ? (
            <Alert
              type="warning"
              showIcon
              title={t('design.casesDiffer', { count: differing.length })}
              description={
                <ul className={css.cases}>
                  {differing.map(({ text }) => (
                    <li key={text}>{text}</li>
                  ))}
                  <li>{t('design.casesDifferHint')}</li>
                </ul>
              }
            />
          ) : null}
          {idle ? <p className={css.quiet}>{t('design.noChanges')}</p> : null}
          {preview.changes.length > 0 ? (
            <section>
              <h3 className={css.smallTitle}>{t('design.changes')}</h3>
              <ChangeList changes={preview.changes} />
            </section>
          ) : null}
          {impacts.length > 0 ? (
            <section>
              <h3 className={css.smallTitle}>{t('design.impacts')}</h3>
              <ul className={css.impacts}>
                {impacts.map((impact) => (
                  <li key={impact.code + impact.text} data-blocking={impact.blocking}>
                    {impact.blocking ? <CircleAlert size={15} aria-hidden /> : <Info size={15} aria-hidden />}
                    {impact.text}
                  </li>
                ))}
              </ul>
            </section>
          ) : null}
          {report}
          {idle ? null : (
            <Input.TextArea
              value={message}
              onChange={(event) => setMessage(event.target.value)}
              placeholder={t('design.message')}
              aria-label={t('design.message')}
              maxLength={500}
              autoSize={{ minRows: 2, maxRows: 4 }}
            />
          )}
        </div>
      )}
    </Modal>
  )
}
