/** Migration 流程迁移: the plan, what it would do to each instance, doing it with progress, taking it back. */
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Progress, Table } from 'antd'
import type { ColumnsType } from 'antd/es/table'
import { ArrowRight, Undo2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { api } from '@/api/client'
import { useDirectory } from '@/api/directory'
import { renew, useApi } from '@/api/query'
import type { components } from '@/api/schema'
import { useT } from '@/i18n/i18n'
import { confirm } from '@/ui/confirm'
import { Drawer } from '@/ui/drawer'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { RowBones } from '@/ui/skeletons'
import { toast } from '@/ui/toast'
import { type Overview, openPlaces, type Plan, planOf, SourcePlan } from './migrate-plan'
import css from './versions.module.css'

type Row = components['schemas']['MigrationRow']
type Moved = components['schemas']['MovedOut']
type Place = components['schemas']['TaskPlace']

const BATCH = 20
const OVERVIEW = '/api/apps/{app}/workflows/{workflow}/migration'

interface MigrateProps {
  app: string
  workflow: string
  onClose: () => void
}

function useNameOf() {
  const { data } = useDirectory()
  return (id: string) => data?.members.find((each) => each.id === id)?.name ?? id
}

function Tasks({ places, closed }: { places: Place[]; closed: boolean }) {
  const nameOf = useNameOf()
  return places.map(({ node, person }) => (
    <span key={`${node}/${person}`} className={css.task} data-closed={closed}>
      {closed ? '−' : '+'} {nameOf(person)} · {node}
    </span>
  ))
}

function useColumns(moved: Map<string, Moved>): ColumnsType<Row> {
  const t = useT()
  const nameOf = useNameOf()
  return [
    {
      title: t('versions.instance'),
      dataIndex: 'title',
      render: (title: string, row) => (
        <span className={css.instance}>
          {title || row.record}
          <small>
            {nameOf(row.initiator)} · {t('versions.version', { number: row.number })}
          </small>
        </span>
      ),
    },
    {
      title: t('versions.stands'),
      render: (_, { at, to }) => (
        <span className={css.move}>
          {at.join(t('design.comma'))} <ArrowRight size={13} aria-hidden /> {to.join(t('design.comma')) || '–'}
        </span>
      ),
    },
    {
      title: t('versions.tasks'),
      render: (_, { closes, opens, problem, instance }) => {
        const done = moved.get(instance)
        if (done !== undefined && !done.ok) return <span className={css.bad}>{done.detail}</span>
        if (problem !== '') return <span className={css.bad}>{problem}</span>
        if (closes.length + opens.length === 0) return <span className={css.quiet}>{t('versions.tasksStay')}</span>
        return (
          <span className={css.tasks}>
            <Tasks places={closes} closed />
            <Tasks places={opens} closed={false} />
          </span>
        )
      },
    },
  ]
}

/** Instances are moved a few at a time; `done` grows. */
function useMoving(app: string, workflow: string) {
  const [moved, setMoved] = useState<Map<string, Moved>>(new Map())
  const [busy, setBusy] = useState(false)
  const params = { path: { app, workflow } }
  const inBatches = async (ids: string[], ask: (some: string[]) => Promise<Moved[]>) => {
    setBusy(true)
    const found = new Map<string, Moved>()
    try {
      for (let at = 0; at < ids.length; at += BATCH) {
        for (const one of await ask(ids.slice(at, at + BATCH))) found.set(one.instance, one)
        setMoved(new Map(found))
      }
    } catch (error) {
      toast.error(error)
    } finally {
      setBusy(false)
    }
    return [...found.values()]
  }
  const apply = (ids: string[], plan: Plan) =>
    inBatches(ids, (some) => api.post(`${OVERVIEW}/apply`, { params, body: { plan, ids: some } }))
  const undo = (ids: string[]) =>
    inBatches(ids, (some) => api.post(`${OVERVIEW}/undo`, { params, body: { ids: some } }))
  return { moved, busy, apply, undo, forget: () => setMoved(new Map()) }
}

function usePreview(app: string, workflow: string, plan: Plan, ready: boolean) {
  const params = { path: { app, workflow } }
  return useQuery({
    queryKey: [`${OVERVIEW}/preview`, app, workflow, plan],
    queryFn: () => api.post(`${OVERVIEW}/preview`, { params, body: { plan } }),
    enabled: ready,
    retry: false,
  })
}

function Undo({ ids, busy, onUndo }: { ids: string[]; busy: boolean; onUndo: () => void }) {
  const t = useT()
  if (ids.length === 0) return null
  return (
    <Alert
      type="info"
      showIcon
      title={t('versions.undoable', { count: ids.length })}
      action={
        <Button size="small" icon={<Undo2 size={14} aria-hidden />} loading={busy} onClick={onUndo}>
          {t('versions.undo')}
        </Button>
      }
    />
  )
}

function Moving({ app, workflow, overview }: { app: string; workflow: string; overview: Overview }) {
  const t = useT()
  const [plan, setPlan] = useState<Plan>(() => planOf(overview))
  const { moved, busy, apply, undo, forget } = useMoving(app, workflow)
  useEffect(() => setPlan(planOf(overview)), [overview])
  const open = openPlaces(overview, plan)
  const ready = open.length === 0 && overview.sources.length > 0
  const { data: preview, error } = usePreview(app, workflow, plan, ready && !busy)
  const columns = useColumns(moved)
  const rows = preview?.rows ?? []
  const able = rows.filter(({ problem }) => problem === '').map(({ instance }) => instance)
  const settle = async (done: Moved[], good: string) => {
    const failed = done.filter(({ ok }) => !ok)
    toast.done(failed.length > 0 ? t('versions.someFailed', { count: failed.length }) : t(good, { count: done.length }))
    await renew(OVERVIEW)
    if (failed.length === 0) forget()
  }
  const move = async () => {
    const question = {
      title: t('versions.moveTitle', { count: able.length, number: overview.number }),
      detail: t('versions.moveText'),
      action: t('versions.move', { count: able.length }),
      danger: false,
    }
    if (await confirm(question)) await settle(await apply(able, plan), 'versions.moved')
  }
  return (
    <div className={css.migrate}>
      <Undo
        ids={overview.undoable}
        busy={busy}
        onUndo={() => void undo(overview.undoable).then((done) => settle(done, 'versions.undone'))}
      />
      {overview.sources.length === 0 ? (
        <EmptyState
          small
          figure="boat"
          title={t('versions.allThere')}
          hint={t('versions.allThereHint', { number: overview.number })}
        />
      ) : (
        <>
          <p className={css.quiet}>{t('versions.planHint')}</p>
          {overview.sources.map((source) => (
            <SourcePlan key={source.hash} {...{ overview, source, plan }} onPlan={setPlan} />
          ))}
          {open.length > 0 ? (
            <Alert type="warning" showIcon title={t('versions.incomplete', { count: open.length })} />
          ) : null}
          {error === null ? null : <ErrorState error={error} small />}
          {ready && preview === undefined && error === null ? <RowBones rows={4} /> : null}
          {rows.length > 0 ? (
            <Table<Row>
              size="small"
              rowKey="instance"
              columns={columns}
              dataSource={rows}
              pagination={rows.length > 20 ? { pageSize: 20, size: 'small' } : false}
              scroll={{ x: 'max-content' }}
            />
          ) : null}
        </>
      )}
      {overview.sources.length === 0 ? null : (
        <footer className={css.migrateFoot}>
          {busy ? <Progress percent={Math.round((moved.size / Math.max(1, able.length)) * 100)} size="small" /> : null}
          <Button type="primary" disabled={!ready || able.length === 0} loading={busy} onClick={move}>
            {t('versions.move', { count: able.length })}
          </Button>
        </footer>
      )}
    </div>
  )
}

/** Everything about moving the instances of one workflow. */
export function MigrateDrawer({ app, workflow, onClose }: MigrateProps) {
  const t = useT()
  const asked = { params: { path: { app, workflow } } }
  const { data, error, refetch } = useApi(OVERVIEW, asked, { enabled: workflow !== '' })
  const title =
    data === undefined ? t('versions.migrate') : t('versions.migrateTo', { name: data.name, number: data.number })
  return (
    <Drawer open={workflow !== ''} onClose={onClose} title={title}>
      {error !== null && data === undefined ? <ErrorState error={error} onRetry={refetch} /> : null}
      {data === undefined && error === null ? <RowBones rows={6} /> : null}
      {data === undefined ? null : <Moving app={app} workflow={workflow} overview={data} />}
    </Drawer>
  )
}
