/** The kinds of widgets above the canvas 组件栏: a click adds below, a drag puts in place. */
import { useT } from '@/i18n/i18n'
import { KINDS, type WidgetKind } from '../definition'
import css from './design.module.css'
import { KIND_SAYS } from './kinds'

interface PaletteProps {
  onAdd: (kind: WidgetKind) => void
  onDrag: (kind: WidgetKind | '') => void
}

/** One button for each kind. */
export function Palette({ onAdd, onDrag }: PaletteProps) {
  const t = useT()
  return (
    <div className={css.palette} role="toolbar" aria-label={t('dashboard.kinds')}>
      {KINDS.map((kind) => {
        const Icon = KIND_SAYS[kind].icon
        return (
          <button
            key={kind}
            type="button"
            className={css.kind}
            draggable
            data-testid={`add-${kind}`}
            onClick={() => onAdd(kind)}
            onDragStart={(event) => {
              event.dataTransfer.setData('text/plain', kind)
              onDrag(kind)
            }}
            onDragEnd={() => onDrag('')}
          >
            <Icon size={16} aria-hidden />
            {t(`dashboard.kind_${kind}`)}
          </button>
        )
      })}
    </div>
  )
}
