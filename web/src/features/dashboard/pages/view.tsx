/** A dashboard that is read 仪表盘: filters at the top, widgets on their grid. */
import { Button } from 'antd'
import { PencilRuler, RefreshCw } from 'lucide-react'
import { type CSSProperties, useMemo } from 'react'
import { useSession } from '@/api/session'
import { useT } from '@/i18n/i18n'
import { formatDate } from '@/lib/format'
import { useGo, usePath, useSearchState } from '@/lib/route'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { IconButton } from '@/ui/icon-button'
import { PageBones } from '@/ui/skeletons'
import css from '../dashboard.module.css'
import { type Dashboard, inReadingOrder, placeOf, stacked, type Widget } from '../definition'
import { FilterBar } from '../filter-bar'
import { Greeting } from '../greeting'
import { type DashboardSearch, daysOf, readRange } from '../period'
import { askAgain, boardOf, useDashboard, useNumbers, useShapes } from '../use-dashboard'
import { WidgetCard } from '../widget-card'

/** The place on the grid, as CSS: columns and rows from one. */
function cellOf(widget: Widget): CSSProperties {
  const { x, y, w, h } = placeOf(widget)
  return { '--x': x + 1, '--y': y + 1, '--w': w, '--h': h } as CSSProperties
}

interface BoardProps {
  app: string
  board: Dashboard
  people: { id: string; name: string }[]
}

function Board({ app, board, people }: BoardProps) {
  const t = useT()
  const go = useGo()
  const { data: session } = useSession()
  const [search, setSearch] = useSearchState<DashboardSearch>()
  const today = formatDate(new Date())
  const { preset } = readRange(search.range)
  const span = useMemo(() => daysOf(search.range, today), [search.range, today])
  const person = people.some(({ id }) => id === search.person) ? (search.person ?? '') : ''
  const widgets = useMemo(() => inReadingOrder(stacked(board.widgets ?? [])), [board])
  const shapes = useShapes(app, widgets)
  const numbers = useNumbers(app, board.id, span, person)
  const design = () => go(`/app/${app}/design/dashboard/${board.id}`)
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1 className={css.title}>{board.name}</h1>
        <FilterBar
          {...{ preset, span, person, people }}
          onRange={(range) => setSearch({ range })}
          onPerson={(id) => setSearch({ person: id })}
        />
        <span className={`${css.headEnd} no-print`}>
          <IconButton
            icon={RefreshCw}
            label={t('dashboard.refresh')}
            loading={numbers.isFetching && !numbers.isPending}
            onClick={() => askAgain(app, board.id)}
          />
          {session?.admin ? <IconButton icon={PencilRuler} label={t('dashboard.design')} onClick={design} /> : null}
        </span>
      </header>
      <Greeting app={app} session={session} />
      {widgets.length === 0 ? (
        <EmptyState
          figure="house"
          title={t('dashboard.noWidgets')}
          hint={t(session?.admin ? 'dashboard.noWidgetsHint' : 'dashboard.noWidgetsMember')}
          action={
            session?.admin ? (
              <Button type="primary" onClick={design}>
                {t('dashboard.design')}
              </Button>
            ) : null
          }
        />
      ) : (
        <div className={css.grid} data-stale={numbers.isPlaceholderData}>
          {widgets.map((widget) => (
            <div key={widget.id} className={css.cell} style={cellOf(widget)}>
              <WidgetCard
                {...{ app, widget }}
                narrowed={preset !== 'all' || person !== ''}
                data={numbers.data?.[widget.id]}
                error={numbers.error}
                shape={shapes.get(widget.form)}
                onRetry={() => askAgain(app, board.id)}
              />
            </div>
          ))}
        </div>
      )}
    </div>
  )
}

/** Asks for the dashboard of the path. */
export default function DashboardPage() {
  const { app, id } = usePath()
  const { data, error, refetch } = useDashboard(app, id)
  if (error && !data) return <ErrorState error={error} onRetry={refetch} />
  if (!data) return <PageBones />
  const people = (data.people ?? []) as { id: string; name: string }[]
  return <Board key={id} app={app} board={boardOf(data.definition)} people={people} />
}
