/** The cards at the left 待办列表: what it is about, from whom, since when, until when. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { Checkbox } from 'antd'
import { AlarmClock } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useFieldContext } from '@/fields/context'
import { useT } from '@/i18n/i18n'
import { formatAgo, formatTime } from '@/lib/format'
import { useIsPhone } from '@/lib/use-is-phone'
import { Person } from '@/ui/avatar'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { STATUS_HUES, statusWord } from '@/ui/record/system'
import { spanWords } from '@/ui/record/timeline'
import { RowBones } from '@/ui/skeletons'
import { Tag } from '@/ui/tag'
import { type Box, OUTCOMES, type TaskCard } from './cards'
import css from './tasks.module.css'

const TALL = 86

interface CardListProps {
  box: Box
  cards: TaskCard[] | undefined
  /** Whether the box is narrowed: an empty answer then means something else. */
  asked: boolean
  chosen: string
  error: unknown
  hasMore: boolean
  /** The chosen of many, while choosing. */
  several: ReadonlySet<string> | null
  onSeveral: (id: string) => void
  onChoose: (id: string) => void
  onMore: () => void
  onRetry: () => void
  head: ReactNode
  foot: ReactNode
}

function When({ card, box }: { card: TaskCard; box: Box }) {
  const t = useT()
  const at = (box === 'handled' && card.closed_at) || card.opened_at
  const past = (Date.now() - new Date(at).getTime()) / 1000
  const said = box === 'todo' ? t('tasks.waited', { time: spanWords(past, t) }) : formatAgo(at)
  return <time title={formatTime(at)}>{past < 60 ? t('tasks.justNow') : said}</time>
}

/** Red once the deadline has passed. */
function Deadline({ card }: { card: TaskCard }) {
  const t = useT()
  if (!card.due_at) return null
  const left = (new Date(card.due_at).getTime() - Date.now()) / 1000
  const late = card.overdue === true || left < 0
  return (
    <span className={css.deadline} data-late={late} title={formatTime(card.due_at)}>
      <AlarmClock size={13} aria-hidden />
      {t(late ? 'tasks.overdue' : 'tasks.dueIn', { time: spanWords(Math.abs(left), t) })}
    </span>
  )
}

/** What became of it, beside the node. */
function Fate({ card, box }: { card: TaskCard; box: Box }) {
  const t = useT()
  if (box === 'todo') return <Tag hue="blue">{card.node_label}</Tag>
  const outcome = box === 'handled' ? OUTCOMES[card.outcome ?? ''] : undefined
  if (outcome) return <Tag hue={outcome.hue}>{t(outcome.word)}</Tag>
  return <Tag hue={STATUS_HUES[card.status]}>{statusWord(card.status, t)}</Tag>
}

interface CardProps {
  card: TaskCard
  box: Box
  chosen: boolean
  picked: boolean | null
  onPick: () => void
  onChoose: () => void
}

function Card({ card, box, chosen, picked, onPick, onChoose }: CardProps) {
  const t = useT()
  const { members } = useFieldContext()
  const nameOf = (id: string) => members.find((each) => each.id === id)?.name ?? ''
  const unread = card.unread && (box === 'todo' || box === 'copied')
  const waiting = (card.waiting_for ?? []).map(nameOf).filter(Boolean).join(t('tasks.nameBreak'))
  return (
    <div className={css.cardRow}>
      {picked === null ? null : (
        <Checkbox checked={picked} aria-label={card.title || card.form_name} onChange={onPick} />
      )}
      <button
        type="button"
        className={css.card}
        aria-current={chosen || undefined}
        data-late={card.overdue === true}
        onClick={onChoose}
      >
        <span className={css.cardTop}>
          {unread ? <span className={css.unread} role="img" aria-label={t('tasks.unread')} /> : null}
          <span className={css.cardTitle} data-unread={unread}>
            {card.title || card.form_name}
          </span>
          <Fate card={card} box={box} />
        </span>
        <span className={css.summary}>
          {(card.summary ?? []).map((line) => (
            <span key={line.label} title={line.label}>
              {line.value}
            </span>
          ))}
        </span>
        <span className={css.cardFoot}>
          <span className={css.formName}>{card.form_name}</span>
          {box === 'initiated' ? (
            waiting ? (
              <span className={css.cut}>{t('tasks.awaits', { names: waiting })}</span>
            ) : null
          ) : (
            <Person name={nameOf(card.initiator)} seed={card.initiator} size={16} />
          )}
          <span className={css.when}>
            {box === 'todo' && card.due_at ? <Deadline card={card} /> : <When card={card} box={box} />}
          </span>
        </span>
      </button>
    </div>
  )
}

/** The cards in sight; ten thousand of them scroll like ten. */
function Cards(props: CardListProps & { cards: TaskCard[] }) {
  const { cards, chosen, box, several, hasMore, onMore } = props
  const scroll = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: cards.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => TALL,
    getItemKey: (at) => cards[at]?.id ?? at,
    overscan: 6,
  })
  const shown = rows.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && last >= cards.length - 8) onMore()
  }, [hasMore, last, cards.length, onMore])
  const at = cards.findIndex(({ id }) => id === chosen)
  useEffect(() => {
    if (at >= 0) rows.scrollToIndex(at, { align: 'auto' })
  }, [at, rows])
  return (
    <div className={css.cards} ref={scroll}>
      <ul style={{ height: rows.getTotalSize() }}>
        {shown.map((row) => {
          const card = cards[row.index] as TaskCard
          return (
            <li
              key={row.key}
              ref={rows.measureElement}
              data-index={row.index}
              style={{ transform: `translateY(${row.start}px)` }}
            >
              <Card
                {...{ card, box }}
                chosen={card.id === chosen}
                picked={several === null ? null : several.has(card.id)}
                onPick={() => props.onSeveral(card.id)}
                onChoose={() => (several === null ? props.onChoose(card.id) : props.onSeveral(card.id))}
              />
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** Search, filters, cards. */
export function CardList(props: CardListProps) {
  const { box, cards, asked, error, head, foot } = props
  const t = useT()
  const phone = useIsPhone()
  return (
    <section className={css.list} aria-label={t(`app.${box}`)}>
      {head}
      {error && !cards ? <ErrorState small error={error} onRetry={props.onRetry} /> : null}
      {!cards && !error ? <RowBones rows={6} /> : null}
      {cards && cards.length === 0 && (phone || asked) ? (
        <EmptyState
          small={!phone}
          figure={asked ? 'fish' : 'boat'}
          title={asked ? t('tasks.noneFound') : t(`tasks.empty_${box}`)}
          hint={asked ? undefined : t(`tasks.empty_${box}_hint`)}
        />
      ) : null}
      {cards && cards.length > 0 ? <Cards {...props} cards={cards} /> : null}
      {foot}
    </section>
  )
}

/** What stands at the right while nothing is open. */
export function NothingOpen({ box, any }: { box: Box; any: boolean }) {
  const t = useT()
  if (any) return null
  return (
    <EmptyState
      figure={box === 'todo' ? 'bird' : 'boat'}
      title={t(box === 'todo' ? 'tasks.allDone' : `tasks.empty_${box}`)}
      hint={t(`tasks.empty_${box}_hint`)}
    />
  )
}
