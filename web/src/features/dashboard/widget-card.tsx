/** A widget on its card 组件卡片: its name leads to its records, its picture can be read as a table. */
import { ArrowUpRight, ChartColumn, Table2 } from 'lucide-react'
import { useState } from 'react'
import { useT } from '@/i18n/i18n'
import { useGo } from '@/lib/route'
import { IconButton } from '@/ui/icon-button'
import type { FormShape } from '@/ui/record/shape'
import type { Row, WidgetData } from './answer'
import css from './dashboard.module.css'
import type { Widget } from './definition'
import { filterBehind, searchBehind } from './leads'
import { WidgetBody } from './widget-body'

interface WidgetCardProps {
  app: string
  widget: Widget
  data: WidgetData | undefined
  error: unknown
  shape: FormShape | undefined
  onRetry: () => void
  narrowed: boolean
}

const PICTURES = ['bar', 'line', 'pie', 'funnel', 'ranking']

/** One widget of the page. */
export function WidgetCard({ app, widget, data, error, shape, onRetry, narrowed }: WidgetCardProps) {
  const t = useT()
  const go = useGo()
  const [asTable, setAsTable] = useState(false)
  const list = `/app/${app}/form/${widget.form}`
  const lead = (row?: Row) => data && go(list, searchBehind(filterBehind(widget, data, row), shape))
  const whole = data && !data.error ? () => lead() : undefined
  const single = ['figure', 'ratio', 'target'].includes(widget.shown_as)
  const body = (
    <WidgetBody
      {...{ widget, data, error, shape, asTable, onRetry, narrowed }}
      onRow={lead}
      onRecord={(id) => go(list, { record: id })}
    />
  )
  return (
    <section
      className={css.card}
      aria-label={widget.title}
      data-kind={widget.shown_as}
      data-testid={`widget-${widget.id}`}
    >
      <header className={css.cardHead}>
        <h2 className={css.cardTitle}>
          <button type="button" disabled={!whole} onClick={whole} title={t('dashboard.openRecords')}>
            <span>{widget.title}</span>
            <ArrowUpRight size={14} aria-hidden />
          </button>
        </h2>
        {PICTURES.includes(widget.shown_as) && data && data.rows.length > 0 ? (
          <IconButton
            className={css.cardTool}
            size="small"
            iconSize={14}
            icon={asTable ? ChartColumn : Table2}
            label={t(asTable ? 'dashboard.asPicture' : 'dashboard.asTable')}
            onClick={() => setAsTable(!asTable)}
          />
        ) : null}
      </header>
      {single && whole ? (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the title is the same way for the keyboard
        // biome-ignore lint/a11y/noStaticElementInteractions: the title is the same way for everybody else
        <div className={css.cardBody} data-clickable onClick={whole}>
          {body}
        </div>
      ) : (
        <div className={css.cardBody}>{body}</div>
      )}
    </section>
  )
}
