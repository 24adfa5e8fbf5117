/** The grid on which a dashboard is laid out 仪表盘画布. */
import { Copy, GripVertical, Trash2 } from 'lucide-react'
import { useEffect, useRef } from 'react'
import GridLayout, { type LayoutItem, useContainerWidth, verticalCompactor } from 'react-grid-layout'
import { useT } from '@/i18n/i18n'
import { useIsPhone } from '@/lib/use-is-phone'
import { EmptyState } from '@/ui/empty-state'
import { IconButton } from '@/ui/icon-button'
import look from '../dashboard.module.css'
import { COLUMNS, inReadingOrder, placeOf, type Widget, type WidgetKind } from '../definition'
import { WidgetBody } from '../widget-body'
import css from './design.module.css'
import { KIND_SAYS } from './kinds'
import type { Board } from './use-board'
import { usePreview } from './use-preview'

function Card({ board, widget }: { board: Board; widget: Widget }) {
  const t = useT()
  const { data, error, refetch } = usePreview(board.app, widget)
  const chosen = board.selected?.id === widget.id
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (chosen) place.current?.scrollIntoView({ block: 'nearest', behavior: 'smooth' })
  }, [chosen])
  return (
    // biome-ignore lint/a11y/useSemanticElements: it holds buttons of its own
    <div
      ref={place}
      className={`${look.card} ${css.widget}`}
      data-kind={widget.shown_as}
      data-chosen={chosen}
      role="button"
      tabIndex={0}
      aria-pressed={chosen}
      aria-label={widget.title}
      onClick={() => board.select(widget.id)}
      onKeyDown={(event) => event.key === 'Enter' && board.select(widget.id)}
    >
      <header className={`${look.cardHead} ${css.handle}`}>
        <GripVertical size={14} aria-hidden className={css.grip} />
        <h2 className={look.cardTitle}>
          <span>{widget.title}</span>
        </h2>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: keeps clicks on the tools from choosing the widget */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the tools have keys of their own */}
        <span className={css.tools} onClick={(event) => event.stopPropagation()}>
          <IconButton
            size="small"
            iconSize={14}
            icon={Copy}
            label={t('dashboard.duplicate')}
            onClick={() => board.duplicate(widget.id)}
          />
          <IconButton
            size="small"
            iconSize={14}
            icon={Trash2}
            label={t('ui.delete')}
            onClick={() => board.remove(widget.id)}
          />
        </span>
      </header>
      <div className={look.cardBody}>
        <WidgetBody
          widget={widget}
          data={data}
          error={error}
          shape={board.shapeOf(widget.form)}
          onRetry={() => void refetch()}
        />
      </div>
    </div>
  )
}

/** On a phone: one column in reading order, as it is read there; nothing to drag. */
function Column({ board }: { board: Board }) {
  return (
    <div className={css.column}>
      {inReadingOrder(board.board.widgets ?? []).map((widget) => (
        <div key={widget.id} className={css.cell} style={{ height: Math.max(128, placeOf(widget).h * 34) }}>
          <Card board={board} widget={widget} />
        </div>
      ))}
    </div>
  )
}

interface CanvasProps {
  board: Board
  /** The kind being dragged from the bar. */
  dragged: WidgetKind | ''
}

/** Drag to move, drag a corner to resize, drop a kind from the bar. */
export function Canvas({ board, dragged }: CanvasProps) {
  const t = useT()
  const phone = useIsPhone()
  const { width, mounted, containerRef } = useContainerWidth()
  const latest = useRef(dragged)
  if (dragged !== '') latest.current = dragged
  const widgets = board.board.widgets ?? []
  const layout = widgets.map((widget) => ({ i: widget.id, ...placeOf(widget), minW: 3, minH: 3 }))
  const settle = (items: readonly LayoutItem[]) => board.place(items.map(({ i, x, y, w, h }) => ({ i, x, y, w, h })))
  const size = dragged === '' ? { w: 8, h: 6 } : { w: KIND_SAYS[dragged].w, h: KIND_SAYS[dragged].h }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same
    // biome-ignore lint/a11y/noStaticElementInteractions: a click beside the widgets lets go of them
    <div
      className={css.canvas}
      ref={containerRef}
      onClick={(event) => {
        const target = event.target as HTMLElement
        if (!target.closest('[data-kind]')) board.select('')
      }}
    >
      {widgets.length === 0 ? (
        <div className={css.blank}>
          <EmptyState figure="house" title={t('dashboard.emptyCanvas')} hint={t('dashboard.emptyCanvasHint')} />
        </div>
      ) : null}
      {phone ? <Column board={board} /> : null}
      {mounted && !phone ? (
        <GridLayout
          className={css.grid}
          width={width}
          layout={layout}
          compactor={verticalCompactor}
          gridConfig={{ cols: COLUMNS, rowHeight: 24, margin: [12, 12], containerPadding: [0, 0] }}
          dragConfig={{ enabled: true, handle: `.${css.handle}`, cancel: 'button', threshold: 4 }}
          resizeConfig={{ enabled: true, handles: ['se', 'e', 's'] }}
          dropConfig={{ enabled: true, defaultItem: size, onDragOver: () => (dragged === '' ? false : size) }}
          onDragStop={(items) => settle(items)}
          onResizeStop={(items) => settle(items)}
          onDrop={(_, item) => {
            const kind = latest.current
            if (item && kind !== '') board.add(kind, { x: item.x, y: item.y, ...KIND_SAYS[kind] })
          }}
        >
          {widgets.map((widget) => (
            <div key={widget.id} className={css.cell}>
              <Card board={board} widget={widget} />
            </div>
          ))}
        </GridLayout>
      ) : null}
    </div>
  )
}
