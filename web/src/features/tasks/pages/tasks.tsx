/** The task centre 流程中心: cards at the left, the open one at the right, the next at once. */
import { useEffect, useMemo, useRef } from 'react'
import { api } from '@/api/client'
import { useApi } from '@/api/query'
import { useFieldContext } from '@/fields/context'
import { useT } from '@/i18n/i18n'
import { useGo, usePath, useSearchState } from '@/lib/route'
import { useIsPhone } from '@/lib/use-is-phone'
import { useShortcuts } from '@/lib/use-shortcut'
import { CardList, NothingOpen } from '../card-list'
import { type Box, boxNamed, found, nextAfter, stepFrom, type TaskCard } from '../cards'
import { StartedPane } from '../started-pane'
import { TaskPane } from '../task-pane'
import css from '../tasks.module.css'
import { touch, useBox } from '../use-box'

interface TaskSearch {
  /** The open card: a task's id, or an instance's among what I started. */
  task?: string
  form?: string
  q?: string
}

function useCount(app: string, box: Box): number {
  const { data } = useApi('/api/tasks/counts', { params: { query: { app } } })
  return box === 'todo' ? (data?.todo ?? 0) : box === 'copied' ? (data?.copied ?? 0) : 0
}

/** The card that opens by itself: the first, and still the same one when others arrive above it. */
function useFirst(shown: TaskCard[]): string {
  const held = useRef('')
  if (!shown.some(({ id }) => id === held.current)) held.current = shown[0]?.id ?? ''
  return held.current
}

/** A box of the app. */
export default function TasksPage() {
  const t = useT()
  const go = useGo()
  const phone = useIsPhone()
  const { app, box: word } = usePath()
  const box = boxNamed(word)
  const { members } = useFieldContext()
  const [search, setSearch] = useSearchState<TaskSearch>()
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useBox(app, box)
  const count = useCount(app, box)
  const cards = useMemo(() => data?.pages.flatMap((page) => page.cards), [data])
  const form = typeof search.form === 'string' ? search.form : ''
  const text = typeof search.q === 'string' ? search.q : ''
  const shown = useMemo(
    () => found(cards ?? [], form, text, (id) => members.find((each) => each.id === id)?.name ?? ''),
    [cards, form, text, members],
  )
  const asked = typeof search.task === 'string' ? search.task : ''
  const first = useFirst(shown)
  const chosen = asked || (phone ? '' : first)
  const card = cards?.find((each) => each.id === chosen)
  const open = (task: string | undefined, replace = !phone) => setSearch({ task }, { replace })
  const step = (by: 1 | -1) => {
    const to = stepFrom(shown, chosen, by)
    if (to) open(to.id)
  }
  useShortcuts({ j: () => step(1), k: () => step(-1) })
  const unread = card?.unread === true && card.task !== '' ? card.id : ''
  useEffect(() => {
    if (unread === '') return
    touch(app, box, unread, { unread: false })
    api.post('/api/tasks/{task}/act', { params: { path: { task: unread } }, body: { action: 'read' } }).catch(() => {
      // it stays unread, which the next page of the box will say
    })
  }, [app, box, unread])
  const done = (next: string) => {
    const following = nextAfter(shown, chosen, next)
    touch(app, box, chosen, null)
    open(following || undefined, true)
  }
  const list = (
    <CardList
      {...{ box, count, cards, shown, chosen, form, text, error }}
      hasMore={hasNextPage === true}
      onBox={(next) => go(`/app/${app}/tasks/${next}`)}
      onForm={(next) => setSearch({ form: next || undefined, task: undefined }, { replace: true })}
      onText={(next) => setSearch({ q: next || undefined }, { replace: true })}
      onChoose={(id) => open(id)}
      onMore={() => !isFetchingNextPage && void fetchNextPage()}
      onRetry={() => void refetch()}
    />
  )
  const back = () => open(undefined, true)
  const started = box === 'initiated'
  const pane =
    chosen === '' ? (
      <NothingOpen box={box} any={cards === undefined || cards.length > 0} />
    ) : started ? (
      card ? (
        <StartedPane key={chosen} card={card} onBack={back} />
      ) : null
    ) : (
      <TaskPane key={chosen} id={chosen} onDone={done} onBack={back} />
    )
  if (phone && chosen !== '') return <div className={css.overlay}>{pane}</div>
  return (
    <div className={css.page}>
      {list}
      {phone ? null : (
        <section className={css.right} aria-label={t('tasks.task')}>
          {pane}
        </section>
      )}
    </div>
  )
}
