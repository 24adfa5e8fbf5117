/** When it is due, and what happens then 限时处理: several deadlines for one node. */
import { Button, Checkbox, InputNumber, Segmented, Select } from 'antd'
import { Plus, Trash2 } from 'lucide-react'
import { typeNamed } from '@/fields/registry'
import type { T } from '@/i18n/i18n'
import { useT } from '@/i18n/i18n'
import { IconButton } from '@/ui/icon-button'
import type { NodeSurroundings } from '../node'
import type { Assignee } from './assignee'
import { Assignees } from './assignees'
import css from './nodes.module.css'
import { Setting } from './setting'
import { readSpan, spanText, writeSpan } from './span'
import { SpanBox } from './span-box'

const DEEDS = ['remind', 'submit', 'reject', 'return', 'transfer'] as const
const MOST = 10

export interface Due {
  after?: string
  /** A date of the record; absent: from when the node was reached. */
  field?: string
  working?: boolean
  do?: (typeof DEEDS)[number]
  to?: 'start' | 'previous'
  assignees?: Assignee[]
  every?: string
  times?: number
}

/** "2 天后提醒 · 5 天后自动通过". */
export function duesInWords(dues: Due[] | undefined, context: NodeSurroundings, t: T): string {
  return (dues ?? [])
    .map((due) => {
      const field = context.fields.find(({ id }) => id === due.field)?.label ?? due.field
      const span = readSpan(due.after)
      const time = spanText(due.after, t)
      const from = due.field
        ? t(span === null || span.count === 0 ? 'asking.dueOn' : span.before ? 'asking.dueBefore' : 'asking.duePast', {
            field,
            time,
          })
        : t(due.working ? 'asking.dueWorking' : 'asking.dueAfter', { time })
      return t('asking.dueWords', { from, deed: t(`asking.dueDo.${due.do ?? 'remind'}`) })
    })
    .join(t('design.comma'))
}

/** Where the time counts from. */
function From({ due, onChange, context }: { due: Due; onChange: (due: Due) => void; context: NodeSurroundings }) {
  const t = useT()
  const dates = context.fields.filter(({ type }) => typeNamed(type)?.kind === 'time')
  const span = readSpan(due.after)
  const { field: _field, ...plain } = due
  return (
    <>
      <Select
        value={due.field ?? ''}
        aria-label={t('asking.dueFrom')}
        options={[
          { value: '', label: t('asking.fromEntry') },
          ...dates.map(({ id, label }) => ({ value: id, label: t('asking.fromField', { label }) })),
        ]}
        onChange={(field: string) =>
          onChange(field === '' ? { ...plain, after: plain.after || 'P1D' } : { ...due, field })
        }
      />
      {due.field ? (
        <Segmented
          block
          value={span?.before ? 'before' : 'after'}
          options={[
            { value: 'before', label: t('asking.before') },
            { value: 'after', label: t('asking.after') },
          ]}
          onChange={(side) =>
            onChange({ ...due, after: writeSpan({ count: 0, unit: 'days', ...span, before: side === 'before' }) })
          }
        />
      ) : null}
      <SpanBox value={due.after} label={t('asking.dueTime')} onChange={(after) => onChange({ ...due, after })} />
    </>
  )
}

/** What happens then. */
function Then({ due, onChange, context }: { due: Due; onChange: (due: Due) => void; context: NodeSurroundings }) {
  const t = useT()
  const deed = due.do ?? 'remind'
  return (
    <>
      <Select
        value={deed}
        aria-label={t('asking.dueThen')}
        options={DEEDS.map((word) => ({ value: word, label: t(`asking.dueDo.${word}`) }))}
        onChange={(next: Due['do']) => {
          const { to: _to, assignees: _who, every: _every, times: _times, ...rest } = due
          onChange(
            next === 'transfer'
              ? { ...rest, do: next, assignees: [{ superior_of: 'initiator' }] }
              : { ...rest, do: next },
          )
        }}
      />
      {deed === 'return' ? (
        <Segmented
          block
          value={due.to ?? 'previous'}
          options={(['previous', 'start'] as const).map((word) => ({
            value: word,
            label: t(`nodes.returnWords.${word}`),
          }))}
          onChange={(to) => onChange({ ...due, to: to as 'previous' | 'start' })}
        />
      ) : null}
      {deed === 'transfer' ? (
        <Assignees
          value={due.assignees ?? []}
          context={context}
          onChange={(assignees) => onChange({ ...due, assignees })}
        />
      ) : null}
      {deed === 'remind' ? (
        <div className={css.inline}>
          <span>{t('asking.remindTimes')}</span>
          <InputNumber
            size="small"
            min={1}
            max={100}
            value={due.times ?? 1}
            aria-label={t('asking.remindTimes')}
            onChange={(times) =>
              onChange({ ...due, times: times ?? 1, every: (times ?? 1) > 1 ? due.every || 'P1D' : '' })
            }
          />
        </div>
      ) : null}
      {deed === 'remind' && (due.times ?? 1) > 1 ? (
        <Setting label={t('asking.remindEvery')}>
          <SpanBox
            value={due.every}
            label={t('asking.remindEvery')}
            onChange={(every) => onChange({ ...due, every })}
          />
        </Setting>
      ) : null}
    </>
  )
}

interface DueListProps {
  value: Due[] | undefined
  onChange: (dues: Due[] | undefined) => void
  context: NodeSurroundings
}

/** One card for each deadline. */
export function DueList({ value = [], onChange, context }: DueListProps) {
  const t = useT()
  const keep = (dues: Due[]) => onChange(dues.length > 0 ? dues : undefined)
  const put = (at: number) => (due: Due) => keep(value.map((each, place) => (place === at ? due : each)))
  return (
    <>
      {value.map((due, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: deadlines have no identity but their place
        <div key={at} className={css.card}>
          <div className={css.cardHead}>
            <span>{t('asking.dueAt', { at: at + 1 })}</span>
            <IconButton
              size="small"
              icon={Trash2}
              iconSize={14}
              label={t('nodes.remove')}
              onClick={() => keep(value.filter((_, place) => place !== at))}
            />
          </div>
          <From {...{ due, context }} onChange={put(at)} />
          <Then {...{ due, context }} onChange={put(at)} />
          <Checkbox
            checked={due.working === true}
            onChange={(event) => put(at)({ ...due, working: event.target.checked || (undefined as never) })}
          >
            {t('asking.workingTime')}
          </Checkbox>
        </div>
      ))}
      {value.length < MOST ? (
        <Button
          type="dashed"
          size="small"
          icon={<Plus size={14} aria-hidden />}
          onClick={() => keep([...value, { after: 'P2D' }])}
        >
          {t('asking.addDue')}
        </Button>
      ) : null}
    </>
  )
}
