/** The cards at the left 待办列表: what it is about, from whom, since when. */
import { Input, Segmented, Select } from 'antd'
import { Search } from 'lucide-react'
import { useEffect, useRef } from 'react'
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
import { BOXES, type Box, formsOf, OUTCOMES, type TaskCard } from './cards'
import css from './tasks.module.css'

interface CardListProps {
  box: Box
  count: number
  cards: TaskCard[] | undefined
  shown: TaskCard[]
  chosen: string
  form: string
  text: string
  error: unknown
  hasMore: boolean
  onBox: (box: Box) => void
  onForm: (form: string) => void
  onText: (text: string) => void
  onChoose: (id: string) => void
  onMore: () => void
  onRetry: () => void
}

function When({ card, box }: { card: TaskCard; box: Box }) {
  const t = useT()
  const at = (box === 'handled' && card.closed_at) || card.opened_at
  const past = (Date.now() - new Date(at).getTime()) / 1000
  const said = box === 'todo' ? t('tasks.waited', { time: spanWords(past, t) }) : formatAgo(at)
  return <time title={formatTime(at)}>{past < 60 ? t('tasks.justNow') : said}</time>
}

/** What became of it, beside the node. */
function Fate({ card, box }: { card: TaskCard; box: Box }) {
  const t = useT()
  if (box === 'todo') return <Tag hue="blue">{card.node_label}</Tag>
  const outcome = box === 'handled' ? OUTCOMES[card.outcome ?? ''] : undefined
  if (outcome) return <Tag hue={outcome.hue}>{t(outcome.word)}</Tag>
  return <Tag hue={STATUS_HUES[card.status]}>{statusWord(card.status, t)}</Tag>
}

function Card({ card, box, chosen, onChoose }: { card: TaskCard; box: Box; chosen: boolean; onChoose: () => void }) {
  const t = useT()
  const { members } = useFieldContext()
  const place = useRef<HTMLButtonElement>(null)
  const nameOf = (id: string) => members.find((each) => each.id === id)?.name ?? ''
  useEffect(() => {
    if (chosen) place.current?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  const unread = card.unread && (box === 'todo' || box === 'copied')
  const waiting = (card.waiting_for ?? []).map(nameOf).filter(Boolean).join(t('tasks.nameBreak'))
  return (
    <li>
      <button ref={place} type="button" className={css.card} aria-current={chosen || undefined} onClick={onChoose}>
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
            <When card={card} box={box} />
          </span>
        </span>
      </button>
    </li>
  )
}

function More({ onSeen }: { onSeen: () => void }) {
  const place = useRef<HTMLDivElement>(null)
  const latest = useRef(onSeen)
  latest.current = onSeen
  useEffect(() => {
    if (!place.current) return
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && latest.current())
    observer.observe(place.current)
    return () => observer.disconnect()
  }, [])
  return (
    <div ref={place}>
      <RowBones rows={2} />
    </div>
  )
}

/** Head, filters, cards; more of them when the end is in sight. */
export function CardList(props: CardListProps) {
  const { box, count, cards, shown, chosen, form, text, error, hasMore } = props
  const t = useT()
  const phone = useIsPhone()
  const forms = formsOf(cards ?? [])
  return (
    <section className={css.list} aria-label={t(`app.${box}`)}>
      <header className={css.listHead}>
        {phone ? (
          <Segmented
            block
            value={box}
            options={BOXES.map((each) => ({ value: each, label: t(`tasks.${each}`) }))}
            onChange={(next) => props.onBox(next as Box)}
          />
        ) : (
          <h1 className={css.heading}>
            {t(`app.${box}`)}
            {count > 0 ? <span className={css.count}>{count}</span> : null}
          </h1>
        )}
        <div className={css.finders}>
          <Input
            value={text}
            allowClear
            prefix={<Search size={14} aria-hidden />}
            placeholder={t('tasks.search')}
            aria-label={t('tasks.search')}
            onChange={(event) => props.onText(event.target.value)}
          />
          {forms.length > 1 || form !== '' ? (
            <Select
              value={form || undefined}
              allowClear
              placeholder={t('tasks.allForms')}
              aria-label={t('tasks.allForms')}
              options={forms}
              popupMatchSelectWidth={false}
              onChange={(next) => props.onForm(next ?? '')}
            />
          ) : null}
        </div>
      </header>
      {error && !cards ? <ErrorState small error={error} onRetry={props.onRetry} /> : null}
      {!cards && !error ? <RowBones rows={6} /> : null}
      {cards && shown.length === 0 && (phone || cards.length > 0) ? (
        <EmptyState
          small={!phone}
          figure={cards.length === 0 ? 'boat' : 'fish'}
          title={cards.length === 0 ? t(`tasks.empty_${box}`) : t('tasks.noneFound')}
          hint={cards.length === 0 ? t(`tasks.empty_${box}_hint`) : undefined}
        />
      ) : null}
      <ul className={css.cards}>
        {shown.map((card) => (
          <Card key={card.id} {...{ card, box }} chosen={card.id === chosen} onChoose={() => props.onChoose(card.id)} />
        ))}
        {hasMore ? <More key={cards?.length} onSeen={props.onMore} /> : null}
      </ul>
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
