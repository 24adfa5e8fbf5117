/** Changes of types that were published 类型转换记录: how far, what did not convert, taken back. */
import { Button, Progress } from 'antd'
import { ArrowRightLeft, Download, RotateCw, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { api, type GetAnswer } from '@/api/client'
import { useEvent } from '@/api/events'
import { renew, useApi } from '@/api/query'
import { useT } from '@/i18n/i18n'
import { formatTime } from '@/lib/format'
import { confirm } from '@/ui/confirm'
import { forgetDrafts } from '@/ui/design/draft'
import { Drawer } from '@/ui/drawer'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { RowBones } from '@/ui/skeletons'
import { toast } from '@/ui/toast'
import { againAll, LostLine, type Place } from './lost-value'
import css from './retype.module.css'
import { typeLabel } from './retype-report'

const LISTED = '/api/apps/{app}/retypings'
type Retyping = GetAnswer<typeof LISTED>[number]

const shareOf = ({ seen, total }: Retyping) => (total === 0 ? 100 : Math.min(100, Math.floor((100 * seen) / total)))
const refusedOf = (one: Retyping) => one.fields.reduce((sum, field) => sum + field.refused, 0)

function useRetypings(app: string, form: string) {
  useEvent('retyping', (news) => {
    if (news.app === app && news.form === form) void renew(LISTED)
  })
  return useApi(LISTED, { params: { path: { app }, query: { form } } }, { staleTime: 5_000 })
}

function LostValues({ app, form, retyping }: { app: string; form: string; retyping: Retyping }) {
  const t = useT()
  const [pages, setPages] = useState([''])
  const [busy, setBusy] = useState(false)
  const path = { app, retyping: retyping.id }
  const all = async () => {
    setBusy(true)
    try {
      const count = await againAll(path)
      toast.done(count > 0 ? t('more.mended', { count }) : t('more.mendedNone'))
    } catch (error) {
      toast.error(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className={css.lost}>
      <div className={css.lostHead}>
        <h3 className={css.title}>{t('more.lostTitle', { count: refusedOf(retyping).toLocaleString() })}</h3>
        <Button
          size="small"
          icon={<Download size={14} aria-hidden />}
          href={`/api/apps/${app}/retypings/${retyping.id}/lost/export?format=xlsx`}
          download
        >
          {t('more.exportLost')}
        </Button>
        {retyping.state === 'done' ? (
          <Button size="small" loading={busy} icon={<RotateCw size={14} aria-hidden />} onClick={() => void all()}>
            {t('more.againAll')}
          </Button>
        ) : null}
      </div>
      <p className={css.quiet}>{t('more.againHint')}</p>
      {pages.map((after, at) => (
        <LostPage
          key={after}
          {...{ path, form, after }}
          onMore={at === pages.length - 1 ? (next) => setPages([...pages, next]) : undefined}
        />
      ))}
    </div>
  )
}

interface LostPageProps {
  path: Place
  form: string
  after: string
  onMore?: (after: string) => void
}

function LostPage({ path, form, after, onMore }: LostPageProps) {
  const t = useT()
  const asked = { params: { path, query: { after } } }
  const { data, error } = useApi('/api/apps/{app}/retypings/{retyping}/lost', asked, { staleTime: 0 })
  if (error !== null) return <ErrorState small error={error} />
  if (data === undefined) return <RowBones rows={3} />
  return (
    <>
      <ul className={css.lostList}>
        {data.values.map((each, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row may hold the same value twice
          <LostLine key={`${each.record} ${each.field} ${at}`} {...{ path, form }} lost={each} />
        ))}
      </ul>
      {data.next !== '' && onMore ? (
        <Button size="small" onClick={() => onMore(data.next)}>
          {t('more.nextLost')}
        </Button>
      ) : null}
    </>
  )
}

function Entry({
  app,
  form,
  retyping,
  onUndone,
}: {
  app: string
  form: string
  retyping: Retyping
  onUndone: () => void
}) {
  const t = useT()
  const [busy, setBusy] = useState(false)
  const undo = async () => {
    const labels = retyping.fields.map(({ label }) => label).join(t('design.comma'))
    const question = { title: t('more.undoTitle', { labels }), detail: t('more.undoText'), action: t('more.undo') }
    if (!(await confirm({ ...question, danger: false }))) return
    setBusy(true)
    try {
      const path = { app, retyping: retyping.id }
      const version = await api.post('/api/apps/{app}/retypings/{retyping}/undo', { params: { path } })
      toast.done(t('design.published', { number: version.number }))
      forgetDrafts(app)
      void renew('/api/apps')
      onUndone()
    } catch (error) {
      toast.error(error)
    } finally {
      setBusy(false)
    }
  }
  const counts = (field: Retyping['fields'][number]) =>
    (['converted', 'emptied', 'refused', 'computed'] as const)
      .filter((each) => field[each] > 0)
      .map((each) => t(`more.done.${each}`, { count: field[each].toLocaleString() }))
      .join(' · ')
  return (
    <li className={css.entry}>
      <div className={css.entryHead}>
        <div>
          {retyping.fields.map((field) => (
            <div key={field.id}>
              <strong>
                {t('more.fromTo', {
                  label: field.label,
                  before: typeLabel(field.before),
                  after: typeLabel(field.after),
                })}
              </strong>
              <div className={css.quiet}>{counts(field)}</div>
            </div>
          ))}
          <div className={css.quiet}>
            {t('more.publishedIn', { number: retyping.number, name: retyping.by_name, at: formatTime(retyping.at) })}
          </div>
        </div>
        {retyping.undoable ? (
          <Button size="small" loading={busy} icon={<Undo2 size={14} aria-hidden />} onClick={undo}>
            {t('more.undo')}
          </Button>
        ) : null}
      </div>
      {retyping.state === 'running' ? (
        <Progress percent={shareOf(retyping)} size="small" aria-label={t('more.converting')} />
      ) : null}
      {refusedOf(retyping) > 0 ? <LostValues {...{ app, form, retyping }} /> : null}
    </li>
  )
}

/** A button that says what is being converted, or that something did not; nothing before any type was changed. */
export function Retypings({ app, form }: { app: string; form: string }) {
  const t = useT()
  const [open, setOpen] = useState(false)
  const { data, error } = useRetypings(app, form)
  const listed = data ?? []
  const latest = listed[0]
  if (latest === undefined) return null
  const running = latest.state === 'running'
  const refused = refusedOf(latest)
  const label = running
    ? t('more.convertingShare', { share: shareOf(latest) })
    : refused > 0
      ? t('more.lostCount', { count: refused.toLocaleString() })
      : t('more.retypings')
  return (
    <>
      <Button
        type="text"
        danger={refused > 0 && !running}
        loading={running}
        title={t('more.retypings')}
        aria-label={label}
        icon={<ArrowRightLeft size={16} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {running || refused > 0 ? <span className={css.barLabel}>{label}</span> : null}
      </Button>
      <Drawer open={open} onClose={() => setOpen(false)} title={t('more.retypings')} width={640}>
        <div className={css.drawer}>
          {error !== null ? <ErrorState small error={error} /> : null}
          {listed.length === 0 ? <EmptyState small title={t('more.noRetypings')} /> : null}
          <ul className={css.entries}>
            {listed.map((retyping) => (
              <Entry key={retyping.id} {...{ app, form, retyping }} onUndone={() => setOpen(false)} />
            ))}
          </ul>
        </div>
      </Drawer>
    </>
  )
}
