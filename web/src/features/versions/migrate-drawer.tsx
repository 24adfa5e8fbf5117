/** Migration 流程迁移: the plan, what it would do to each instance, doing it with progress, taking it back. */
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Table } from 'antd'
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
import { MoveProgress, MoveResult } from './migrate-result'
import { OVERVIEW, type Run, useMoving } from './use-moving'
import css from './versions.module.css'

type Row = components['schemas']['MigrationRow']
type Place = components['schemas']['TaskPlace']

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

function useColumns(): ColumnsType<Row> {
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
      render: (_, { closes, opens, problem }) => {
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
  const moving = useMoving(app, workflow)
  const { run, busy, apply, undo, forget } = moving
  useEffect(() => setPlan(planOf(overview)), [overview])
  const open = openPlaces(overview, plan)
  const ready = open.length === 0 && overview.sources.length > 0
  const { data: preview, error } = usePreview(app, workflow, plan, ready && !busy)
  const columns = useColumns()
  const rows = preview?.rows ?? []
  const stuck = new Set(rows.filter(({ problem }) => problem !== '').map(({ instance }) => instance))
  const able = (preview?.ids ?? []).filter((id) => !stuck.has(id))
  const settle = async (found: Run, good: string) => {
    const whole = !found.stopped && found.done.every(({ ok }) => ok)
    if (whole) toast.done(t(good, { count: found.done.length }))
    await renew(OVERVIEW)
    if (whole) forget()
  }
  const move = async () => {
    if (preview === undefined) return
    const question = {
      title: t('versions.moveTitle', { count: able.length, number: overview.number }),
      detail: t('versions.moveText'),
      action: t('versions.move', { count: able.length }),
      danger: false,
    }
    if (await confirm(question)) await settle(await apply(preview, able, plan), 'versions.moved')
  }
  return (
    <div className={css.migrate}>
      <Undo
        ids={overview.undoable}
        busy={busy}
        onUndo={() => void undo(overview.undoable).then((found) => settle(found, 'versions.undone'))}
      />
      {run?.deed === 'undo' || overview.sources.length === 0 ? <MoveProgress {...moving} /> : null}
      <MoveResult {...moving} app={app} form={overview.form} />
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
          {preview !== undefined && preview.instances > rows.length ? (
            <p className={css.quiet}>
              {t('versions.firstShown', { shown: rows.length, rest: preview.instances - rows.length })}
            </p>
          ) : null}
        </>
      )}
      {overview.sources.length === 0 ? null : (
        <footer className={css.migrateFoot}>
          {run?.deed === 'undo' ? null : <MoveProgress {...moving} />}
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
