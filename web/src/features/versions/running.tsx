/** What runs on which version 各版本进行中的流程: one line for each workflow, with the way to migrate. */
import { useQueries } from '@tanstack/react-query'
import { Button } from 'antd'
import { MoveRight } from 'lucide-react'
import { asking } from '@/api/query'
import type { components } from '@/api/schema'
import { useT } from '@/i18n/i18n'
import { Tag } from '@/ui/tag'
import css from './versions.module.css'

type Overview = components['schemas']['MigrationOut']

const PATH = '/api/apps/{app}/workflows/{workflow}/migration'

/** The overview of every workflow. */
export function useRunning(app: string, workflows: string[]): Record<string, Overview> {
  const asked = workflows.map((workflow) => asking(PATH, { params: { path: { app, workflow } } }))
  const found = useQueries({ queries: asked.map((each) => ({ ...each, retry: false })) })
  return Object.fromEntries(workflows.flatMap((id, at) => (found[at]?.data ? [[id, found[at].data as Overview]] : [])))
}

/** How many instances run on a version, over all workflows. */
export function runningOn(all: Record<string, Overview>, number: number): number {
  return Object.values(all).reduce((sum, one) => {
    const here = one.number === number ? one.running : 0
    return (
      sum + here + one.sources.filter((each) => each.number === number).reduce((more, each) => more + each.running, 0)
    )
  }, 0)
}

interface RunningProps {
  running: Record<string, Overview>
  onMigrate: (workflow: string) => void
}

/** Above the list of versions; nothing when no workflow runs. */
export function RunningList({ running, onMigrate }: RunningProps) {
  const t = useT()
  const shown = Object.entries(running).filter(([, one]) => one.running > 0 || one.sources.length > 0)
  if (shown.length === 0) return null
  return (
    <section className={css.running}>
      <h2>{t('versions.running')}</h2>
      <ul>
        {shown.map(([id, one]) => (
          <li key={id}>
            <b>{one.name}</b>
            <span className={css.counts}>
              <Tag hue="green">{t('versions.onVersion', { number: one.number, count: one.running })}</Tag>
              {one.sources.map(({ hash, number, running: count }) => (
                <Tag key={hash} hue="orange">
                  {t('versions.onVersion', { number, count })}
                </Tag>
              ))}
            </span>
            {one.sources.length > 0 || one.undoable.length > 0 ? (
              <Button size="small" icon={<MoveRight size={14} aria-hidden />} onClick={() => onMigrate(id)}>
                {t('versions.migrate')}
              </Button>
            ) : (
              <span className={css.quiet}>{t('versions.allNewest')}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
