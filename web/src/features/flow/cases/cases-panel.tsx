/** Saved cases 用例: played on the draft as it is, each with what became different. */
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Switch } from 'antd'
import { CircleAlert, CircleCheck, CircleDashed, Play, RefreshCw, Trash2 } from 'lucide-react'
import { useEffect } from 'react'
import { api } from '@/api/client'
import type { components } from '@/api/schema'
import { useT } from '@/i18n/i18n'
import type { AppDraft } from '@/ui/design/draft'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { IconButton } from '@/ui/icon-button'
import { RowBones } from '@/ui/skeletons'
import { Tag } from '@/ui/tag'
import { toast } from '@/ui/toast'
import { clearOverlay } from '../overlay'
import { useNames } from '../proofs/names'
import css from '../proofs/proofs.module.css'
import type { Tool } from '../proofs/tool'
import { setPlan, type Walk } from '../simulate/use-walk'
import { useFlow } from '../use-flow'
import { type Case, casesOf, keepCases, planOf } from './saved'

type Verdict = components['schemas']['CaseVerdict']

function useVerdicts(draft: AppDraft, workflow: string) {
  const { editor } = useFlow()
  const { flush } = editor
  useEffect(() => void flush(), [flush])
  const { app, hashes } = draft
  return useQuery({
    queryKey: ['cases', app, hashes[`workflows/${workflow}`], hashes[`checks/${workflow}`], draft.revision],
    queryFn: () =>
      api.post('/api/apps/{app}/workflows/{workflow}/cases', {
        params: { path: { app, workflow } },
        body: { number: 0 },
      }),
    enabled: casesOf(draft, workflow).length > 0,
    retry: false,
  })
}

function Mark({ verdict }: { verdict: Verdict | undefined }) {
  const t = useT()
  if (verdict === undefined) return <CircleDashed size={17} className={css.faint} aria-hidden />
  if (verdict.ok) return <CircleCheck size={17} className={css.good} aria-label={t('proofs.ok')} />
  const label = t(verdict.playable ? 'proofs.wrong' : 'proofs.notPlayed')
  return <CircleAlert size={17} className={verdict.blocking ? css.bad : css.warn} aria-label={label} />
}

interface EntryProps {
  kept: Case
  verdict: Verdict | undefined
  onShow: () => void
  onRenew: () => void
  onRemove: () => void
  onBlocking: (blocking: boolean) => void
}

function Entry({ kept, verdict, onShow, onRenew, onRemove, onBlocking }: EntryProps) {
  const t = useT()
  const names = useNames()
  const { status = 'running', at = [] } = kept.expect ?? {}
  const ends = [names.status(status), ...at.map(names.node)].join(' · ')
  return (
    <li className={css.case}>
      <div className={css.caseHead}>
        <Mark verdict={verdict} />
        <b>{kept.name}</b>
        {kept.blocking === false ? <Tag hue="grey">{t('proofs.warnsOnly')}</Tag> : null}
      </div>
      <p className={css.quiet}>
        {t('proofs.expects')}: {ends}
      </p>
      {verdict === undefined || verdict.ok ? null : <p className={css.wrong}>{verdict.detail}</p>}
      <div className={css.deeds}>
        <Button size="small" icon={<Play size={13} aria-hidden />} onClick={onShow}>
          {t('proofs.show')}
        </Button>
        {verdict === undefined || verdict.ok || !verdict.playable ? null : (
          <Button size="small" icon={<RefreshCw size={13} aria-hidden />} onClick={onRenew}>
            {t('proofs.renew')}
          </Button>
        )}
        <span className={css.push} />
        <Switch
          size="small"
          checked={kept.blocking !== false}
          aria-label={t('proofs.blocks')}
          title={t('proofs.blocks')}
          onChange={onBlocking}
        />
        <IconButton icon={Trash2} iconSize={14} size="small" label={t('proofs.removeCase')} onClick={onRemove} />
      </div>
    </li>
  )
}

/** The list with a verdict for each. */
export function CasesPanel({ draft, onTool }: { draft: AppDraft; onTool: (tool: Tool) => void }) {
  const t = useT()
  const { workflow } = useFlow()
  const cases = casesOf(draft, workflow.id)
  const { data: verdicts, error, refetch, isFetching } = useVerdicts(draft, workflow.id)
  useEffect(() => clearOverlay, [])
  const keep = async (next: Case[], said?: string) => {
    try {
      await keepCases(draft, workflow.id, next)
      if (said !== undefined) toast.done(said, () => void keepCases(draft, workflow.id, cases).catch(toast.error))
    } catch (problem) {
      toast.error(problem)
    }
  }
  const change = (id: string, patch: Partial<Case>, said?: string) =>
    keep(
      cases.map((one) => (one.id === id ? { ...one, ...patch } : one)),
      said,
    )
  const renew = async (kept: Case) => {
    const { of: _, at: __, ...body } = planOf(workflow.id, kept)
    const params = { path: { app: draft.app, workflow: workflow.id } }
    const walk = (await api.post('/api/apps/{app}/workflows/{workflow}/simulate', { params, body })) as Walk
    if (walk.frames.some(({ problem }) => problem != null)) {
      setPlan(planOf(workflow.id, kept))
      onTool('simulate')
      return
    }
    await change(kept.id, { expect: walk.expect as Case['expect'] }, t('proofs.renewed'))
  }
  if (cases.length === 0) {
    return (
      <EmptyState
        small
        figure="house"
        title={t('proofs.noCases')}
        hint={t('proofs.noCasesHint')}
        action={<Button onClick={() => onTool('simulate')}>{t('proofs.toSimulate')}</Button>}
      />
    )
  }
  const wrong = verdicts?.filter(({ ok }) => !ok).length ?? 0
  return (
    <div className={css.body}>
      {error === null ? null : <ErrorState error={error} small onRetry={refetch} />}
      {verdicts === undefined ? null : (
        <Alert
          type={wrong > 0 ? 'error' : 'success'}
          showIcon
          title={wrong > 0 ? t('proofs.differs', { count: wrong }) : t('proofs.holds', { count: verdicts.length })}
          action={
            <Button size="small" type="text" loading={isFetching} onClick={() => void refetch()}>
              {t('proofs.playAll')}
            </Button>
          }
        />
      )}
      {verdicts === undefined && error === null ? <RowBones rows={3} /> : null}
      <ul className={css.cases}>
        {cases.map((kept) => (
          <Entry
            key={kept.id}
            kept={kept}
            verdict={verdicts?.find(({ id }) => id === kept.id)}
            onShow={() => {
              setPlan(planOf(workflow.id, kept))
              onTool('simulate')
            }}
            onRenew={() => void renew(kept).catch(toast.error)}
            onRemove={() =>
              void keep(
                cases.filter(({ id }) => id !== kept.id),
                t('proofs.removed'),
              )
            }
            onBlocking={(blocking) => void change(kept.id, { blocking })}
          />
        ))}
      </ul>
    </div>
  )
}
