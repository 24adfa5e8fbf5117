/** One field on the canvas 字段卡片: as it is filled, with its tools when pointed at. */
import { Dropdown } from 'antd'
import { ArrowDown, ArrowUp, Copy, EyeOff, GripVertical, MoreVertical, Trash2 } from 'lucide-react'
import { type MouseEvent, memo, useEffect, useRef, useState } from 'react'
import type { Field } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import { pick, useT } from '@/i18n/i18n'
import { useIsPhone } from '@/lib/use-is-phone'
import { IconButton } from '@/ui/icon-button'
import { automaticWords, isAutomatic } from './automatic'
import { ColumnCards } from './column-cards'
import { columnsOf } from './definition'
import css from './designer.module.css'
import { DropLine } from './drop-line'
import { useDesigner, useLatestDesigner } from './use-designer'
import { useCardDrop } from './use-drop'
import { useSeen } from './use-seen'

interface FieldCardProps {
  field: Field
  path: string
  section: string
  /** The field after it. */
  next: string | null
  grid?: number
  selected: boolean
  /** It alone is selected. */
  alone: boolean
  /** Not in the live version yet, while others are. */
  fresh: boolean
  /** Among many: its input is drawn when it comes near. */
  many: boolean
}

const COLUMNS = ['', 'full', 'half', 'third', 'quarter']

/** How wide a field stands on a page of so many columns. */
function widthOf(field: Field, grid = 2): string {
  return field.width === undefined || field.width === 'auto' ? (COLUMNS[grid] ?? 'half') : field.width
}

/** How a click with its keys selects. */
export function modeOf(event: MouseEvent): 'only' | 'toggle' | 'range' {
  if (event.shiftKey) return 'range'
  return event.ctrlKey || event.metaKey ? 'toggle' : 'only'
}

function Tools({ path }: { path: string }) {
  const t = useT()
  const phone = useIsPhone()
  const { duplicate, remove, step, select, selection } = useDesigner()
  const paths = selection.includes(path) ? selection : [path]
  const moved = (direction: -1 | 1) => {
    select(path)
    setTimeout(() => step(direction))
  }
  const items = [
    { key: 'up', label: t('designer.moveUp'), icon: <ArrowUp size={14} />, onClick: () => moved(-1) },
    { key: 'down', label: t('designer.moveDown'), icon: <ArrowDown size={14} />, onClick: () => moved(1) },
  ]
  return (
    <span className={css.cardTools}>
      {phone ? null : (
        <span className={css.handle} title={t('designer.dragField')} aria-hidden>
          <GripVertical size={14} />
        </span>
      )}
      <IconButton
        size="small"
        iconSize={14}
        icon={Copy}
        label={t('designer.copyField')}
        onClick={() => duplicate(paths)}
      />
      <IconButton
        size="small"
        iconSize={14}
        icon={Trash2}
        label={t('designer.removeField')}
        onClick={() => void remove(paths)}
      />
      <Dropdown menu={{ items, onClick: ({ domEvent }) => domEvent.stopPropagation() }} trigger={['click']}>
        <IconButton size="small" iconSize={14} icon={MoreVertical} label={t('designer.moreActions')} />
      </Dropdown>
    </span>
  )
}

/** The field's own input, which cannot be used here; drawn again only when the field changes. */
export const Likeness = memo(function Likeness({ field }: { field: Field }) {
  const t = useT()
  const type = typeNamed(field.type)
  if (type === undefined) return <div className={css.unknown}>{field.type}</div>
  const { Input } = type
  return (
    <div className={css.likeness} inert aria-hidden>
      {isAutomatic(field.default) ? (
        <div className={css.automatic}>{automaticWords(field.default, t)}</div>
      ) : (
        <Input field={field} value={(field.default as never) ?? null} onChange={() => undefined} values={{}} />
      )}
    </div>
  )
})

/** Drag it, click it, shift-click it; drawn again only when it changes itself. */
export const FieldCard = memo(function FieldCard(props: FieldCardProps) {
  const { field, path, section, next, grid, selected, alone, fresh, many } = props
  const t = useT()
  const own = useRef<HTMLDivElement>(null)
  const designer = useLatestDesigner()
  const seen = useSeen(own, many)
  const stands = typeNamed(field.type)?.valued === false
  const [near, setNear] = useState(false)
  const columns = columnsOf(field)
  const width = columns === undefined ? widthOf(field, grid) : 'full'
  const { edge, dragging } = useCardDrop(own, {
    path,
    beside: width !== 'full',
    before: { section, before: path },
    after: { section, before: next },
  })
  useEffect(() => {
    if (alone) own.current?.scrollIntoView({ block: 'nearest' })
  }, [alone])
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be announced as a form of its own
    <div
      ref={own}
      className={css.card}
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is chosen with Enter, and holds buttons of its own
      tabIndex={0}
      aria-current={selected}
      aria-label={field.label}
      data-field={path}
      data-width={width}
      data-selected={selected}
      data-hidden={field.hidden === true}
      data-dragging={dragging}
      onPointerEnter={() => setNear(true)}
      onPointerLeave={() => setNear(false)}
      onFocus={() => setNear(true)}
      onBlur={(event) => setNear(event.currentTarget.contains(event.relatedTarget))}
      onClick={(event) => {
        event.stopPropagation()
        designer.current.select(path, modeOf(event))
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.target === own.current) designer.current.select(path)
      }}
    >
      <div className={css.cardLabel}>
        {field.required ? <span className={css.star}>*</span> : null}
        <span className={css.cardName}>
          {stands ? pick(typeNamed(field.type)?.label ?? { zh: '', en: '' }) : field.label || field.id}
        </span>
        {field.hidden ? <EyeOff size={13} aria-label={t('designer.hiddenMark')} /> : null}
        {field.formula ? <span className={css.mark}>ƒ</span> : null}
        {fresh ? <span className={css.fresh}>{t('designer.newMark')}</span> : null}
      </div>
      {columns !== undefined ? (
        <ColumnCards owner={field} columns={columns} />
      ) : seen ? (
        <Likeness field={field} />
      ) : (
        <div className={css.unseen} />
      )}
      {field.help && !stands ? <div className={css.cardHelp}>{field.help}</div> : null}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keeps the tools' clicks from selecting */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the tools themselves hear keys */}
      <span onClick={(event) => event.stopPropagation()}>{near || selected ? <Tools path={path} /> : null}</span>
      <DropLine edge={edge} />
    </div>
  )
})
