/** The task centre 流程中心: cards at the left, the open one at the right, the next at once. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { api } from '@/api/client'
import { useApi } from '@/api/query'
import { useT } from '@/i18n/i18n'
import { useGo, usePath, useSearchState } from '@/lib/route'
import { useIsPhone } from '@/lib/use-is-phone'
import { useShortcuts } from '@/lib/use-shortcut'
import { BatchBar } from '../batch-bar'
import { CardList, NothingOpen } from '../card-list'
import { type Box, boxNamed, nextAfter, stepFrom, type TaskCard } from '../cards'
import { ListHead } from '../list-head'
import { conditionsIn, narrowed, type TaskSearch } from '../narrowing'
import { StartedPane } from '../started-pane'
import { TaskPane } from '../task-pane'
import css from '../tasks.module.css'
import { touch, useBox } from '../use-box'

const PAUSE = 250
const NONE: TaskCard[] = []

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

/** What was typed, a moment after the last key. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

/** Marks what is opened as read. */
function useReading(app: string, box: Box, card: TaskCard | undefined) {
  const unread = card?.unread === true && card.task !== '' ? card.id : ''
  useEffect(() => {
    if (unread === '') return
    touch(app, box, unread, { unread: false })
    api.post('/api/tasks/{task}/act', { params: { path: { task: unread } }, body: { action: 'read' } }).catch(() => {
      // it stays unread, which the next page of the box will say
    })
  }, [app, box, unread])
}

/** Several cards, while choosing. */
function useSeveral(box: Box) {
  const [several, setSeveral] = useState<ReadonlySet<string> | null>(null)
  // another box begins without a choice
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the change that counts
  useEffect(() => setSeveral(null), [box])
  const turn = (id: string) => {
    const next = new Set(several ?? [])
    if (!next.delete(id)) next.add(id)
    setSeveral(next)
  }
  return { several, setSeveral, turn }
}

/** A box of the app, or of all apps. */
export default function TasksPage() {
  const t = useT()
  const go = useGo()
  const phone = useIsPhone()
  const { app, box: word } = usePath()
  const box = boxNamed(word)
  const [search, setSearch] = useSearchState<TaskSearch>()
  const text = useSettled(typeof search.q === 'string' ? search.q : '')
  const asked = useMemo(() => narrowed(search, text), [search, text])
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useBox(app, box, asked)
  const count = useCount(app, box)
  const cards = useMemo(() => data?.pages.flatMap((page) => page.cards), [data])
  const shown = cards ?? NONE
  const { several, setSeveral, turn } = useSeveral(box)
  const wanted = typeof search.task === 'string' ? search.task : ''
  const first = useFirst(shown)
  const chosen = wanted || (phone ? '' : first)
  const card = shown.find((each) => each.id === chosen)
  const open = (task: string | undefined, replace = !phone) => setSearch({ task }, { replace })
  const step = (by: 1 | -1) => {
    const to = stepFrom(shown, chosen, by)
    if (to) open(to.id)
  }
  useShortcuts({ j: () => step(1), k: () => step(-1), x: () => several && chosen && turn(chosen) })
  useReading(app, box, card)
  const done = (next: string) => {
    const following = nextAfter(shown, chosen, next)
    touch(app, box, chosen, null)
    open(following || undefined, true)
  }
  const more = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage()
  }, [isFetchingNextPage, fetchNextPage])
  const base = app === '' ? '' : `/app/${app}`
  const list = (
    <CardList
      {...{ box, cards, chosen, error, several }}
      asked={conditionsIn(search) > 0 || asked.text !== ''}
      hasMore={hasNextPage === true}
      onSeveral={turn}
      onChoose={(id) => open(id)}
      onMore={more}
      onRetry={() => void refetch()}
      head={
        <ListHead
          {...{ app, box, count, search }}
          choosing={several !== null}
          onChoosing={box === 'todo' ? () => setSeveral(several === null ? new Set() : null) : undefined}
          onBox={(next) => go(`${base}/tasks/${next}`)}
          onSearch={(patch) => setSearch({ ...patch, task: undefined }, { replace: true })}
        />
      }
      foot={several === null ? null : <BatchBar cards={shown} chosen={several} onChosen={setSeveral} />}
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
