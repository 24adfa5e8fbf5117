/** What a widget shows 组件内容: bones, nothing, a failure, or its picture. */
import { useMemo } from 'react'
import { sentenceOf } from '@/api/problem'
import { typeNamed } from '@/fields/registry'
import { useT } from '@/i18n/i18n'
import { useMode } from '@/theme/mode'
import { type Hue, palettes } from '@/theme/tokens'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import type { FormShape } from '@/ui/record/shape'
import { RecordSurroundings } from '@/ui/record/surroundings'
import { Bone } from '@/ui/skeletons'
import type { Row, WidgetData } from './answer'
import { Chart } from './chart'
import { optionOf, rowBehind } from './charts'
import css from './dashboard.module.css'
import type { Widget } from './definition'
import type { Drawing } from './drawing'
import { PlainFigure, Ratio, Target } from './figures'
import { NumberTable, RecordTable } from './lists'
import { exactOf, fieldAt, type Unit, unitOf } from './numbers'

interface WidgetBodyProps {
  widget: Widget
  data: WidgetData | undefined
  error?: unknown
  shape: FormShape | undefined
  /** The numbers instead of the picture. */
  asTable?: boolean
  onRow?: (row: Row) => void
  onRecord?: (id: string) => void
  onRetry?: () => void
  /** Days or a person are chosen: without them there may be more. */
  narrowed?: boolean
}

const SINGLE = ['figure', 'ratio', 'target']

/** Grey shapes in the place of the widget. */
export function WidgetBones({ widget }: { widget: Widget }) {
  const t = useT()
  if (SINGLE.includes(widget.shown_as))
    return (
      <div className={css.figure} role="status" aria-label={t('ui.loading')}>
        <Bone width="56%" height={28} />
        <Bone width="40%" height={12} />
      </div>
    )
  return (
    <div className={css.boneBars} role="status" aria-label={t('ui.loading')}>
      {[72, 48, 90, 60, 34].map((share) => (
        <Bone key={share} width={`${share}%`} height={16} />
      ))}
    </div>
  )
}

/** A failure where there is room for two lines only. */
function Failure({ error, onRetry }: { error: unknown; onRetry: (() => void) | undefined }) {
  const t = useT()
  return (
    <div className={css.failure} role="alert">
      <p>{sentenceOf(error)}</p>
      {onRetry ? (
        <button type="button" className={css.rowLink} onClick={onRetry}>
          {t('ui.retry')}
        </button>
      ) : null}
    </div>
  )
}

/** Colours of the group's options, if it has options. */
function huesOf(shape: FormShape | undefined, widget: Widget): (key: unknown) => Hue | undefined {
  const field = fieldAt(shape, widget.groups?.[0]?.field ?? '')
  const options = (field && typeNamed(field.type)?.options?.(field)) ?? []
  const known = new Map(options.map(({ id, color }) => [id, color || undefined]))
  return (key) => known.get(String(key))
}

function Picture({ widget, data, shape, units, onRow }: WidgetBodyProps & { data: WidgetData; units: Unit[] }) {
  const t = useT()
  const { mode } = useMode()
  const drawing = useMemo<Omit<Drawing, 'width' | 'height'>>(
    () => ({
      widget,
      data,
      units,
      palette: palettes[mode],
      hueOf: huesOf(shape, widget),
      nothing: t('dashboard.nothing'),
    }),
    [widget, data, units, mode, shape, t],
  )
  const pick = (series: number, at: number) => {
    const row = rowBehind(drawing, series, at)
    if (row) onRow?.(row)
  }
  const spoken = data.rows
    .slice(0, 12)
    .map((row) => `${row.labels.join(' ')} ${exactOf(row.values[0], units[0] ?? 'plain')}`)
    .join(', ')
  return (
    <Chart
      option={(width, height) => optionOf({ ...drawing, width, height })}
      of={drawing}
      label={`${widget.title}: ${spoken}`}
      onPick={onRow && pick}
    />
  )
}

/** Measures that nobody named are named by what they do. */
function useNamed(data: WidgetData | undefined, widget: Widget): WidgetData | undefined {
  const t = useT()
  return useMemo(() => {
    if (!data || data.measures.every(Boolean)) return data
    const operation = (at: number) => widget.measures?.[at]?.operation ?? 'count'
    return { ...data, measures: data.measures.map((name, at) => name || t(`dashboard.named_${operation(at)}`)) }
  }, [data, widget.measures, t])
}

function isEmpty(widget: Widget, data: WidgetData): boolean {
  if (SINGLE.includes(widget.shown_as)) return false
  return widget.shown_as === 'records' ? data.records.length === 0 : data.rows.length === 0
}

/** Everything under the widget's title. */
export function WidgetBody(props: WidgetBodyProps) {
  const t = useT()
  const { widget, error, shape, asTable = false, onRow, onRecord, onRetry } = props
  const data = useNamed(props.data, widget)
  const units = useMemo(() => (widget.measures ?? []).map((each) => unitOf(each, shape)), [widget.measures, shape])
  const failure = data?.error ? new Error(data.error) : error
  if (failure && (data === undefined || data.error)) {
    return SINGLE.includes(widget.shown_as) ? (
      <Failure error={failure} onRetry={onRetry} />
    ) : (
      <ErrorState small error={failure} onRetry={onRetry} />
    )
  }
  if (!data || !shape) return <WidgetBones widget={widget} />
  if (isEmpty(widget, data)) {
    return (
      <EmptyState
        small
        figure="fish"
        title={t('dashboard.empty')}
        hint={t(props.narrowed ? 'dashboard.emptyHint' : 'dashboard.emptyYet')}
      />
    )
  }
  if (widget.shown_as === 'figure') return <PlainFigure data={data} units={units} />
  if (widget.shown_as === 'ratio') return <Ratio data={data} units={units} />
  if (widget.shown_as === 'target') return <Target data={data} units={units} />
  if (widget.shown_as === 'records') {
    return (
      <RecordSurroundings shape={shape}>
        <RecordTable widget={widget} data={data} shape={shape} onOpen={onRecord} />
      </RecordSurroundings>
    )
  }
  if (widget.shown_as === 'table' || asTable) {
    return <NumberTable {...{ widget, data, units, shape }} onPick={onRow} />
  }
  return <Picture {...props} data={data} units={units} />
}
