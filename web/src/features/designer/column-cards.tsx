/** The columns of rows on the canvas 子表单列: side by side, dragged in place. */
import { Button, Dropdown } from 'antd'
import { Plus, Trash2 } from 'lucide-react'
import { useRef } from 'react'
import type { Field } from '@/fields/field'
import { fieldTypes, typeNamed } from '@/fields/registry'
import { pick, useT } from '@/i18n/i18n'
import { IconButton } from '@/ui/icon-button'
import css from './designer.module.css'
import { DropLine } from './drop-line'
import { Likeness, modeOf } from './field-card'
import { useDesigner } from './use-designer'
import { useCardDrop, usePlaceDrop } from './use-drop'

function Column({ owner, field, next }: { owner: string; field: Field; next: string | null }) {
  const t = useT()
  const own = useRef<HTMLDivElement>(null)
  const { selection, select, remove } = useDesigner()
  const path = `${owner}.${field.id}`
  const { edge, dragging } = useCardDrop(own, {
    path,
    beside: true,
    before: { section: '', rows: owner, before: field.id },
    after: { section: '', rows: owner, before: next },
  })
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be announced as a form of its own
    <div
      ref={own}
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is chosen with Enter, and holds buttons of its own
      tabIndex={0}
      className={css.column}
      aria-current={selection.includes(path)}
      aria-label={field.label}
      data-field={path}
      data-selected={selection.includes(path)}
      data-hidden={field.hidden === true}
      data-dragging={dragging}
      style={{ minWidth: Math.min(typeNamed(field.type)?.columnWidth ?? 120, 160) }}
      onClick={(event) => {
        event.stopPropagation()
        select(path, modeOf(event))
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.target === own.current) select(path)
      }}
    >
      <div className={css.columnHead}>
        {field.required ? <span className={css.star}>*</span> : null}
        <span className={css.cardName}>{field.label || field.id}</span>
        {field.formula ? <span className={css.mark}>ƒ</span> : null}
        <IconButton
          size="small"
          iconSize={13}
          icon={Trash2}
          className={css.columnRemove}
          label={t('designer.removeField')}
          onClick={(event) => {
            event.stopPropagation()
            void remove([path])
          }}
        />
      </div>
      <Likeness field={field} />
      <DropLine edge={edge} />
    </div>
  )
}

/** The rows' head, one empty row, and a button for another column. */
export function ColumnCards({ owner, columns }: { owner: Field; columns: Field[] }) {
  const t = useT()
  const own = useRef<HTMLDivElement>(null)
  const { add } = useDesigner()
  const end = { section: '', rows: owner.id, before: null }
  const over = usePlaceDrop(own, end)
  const items = fieldTypes()
    .filter((type) => type.topLevelOnly !== true)
    .sort((one, other) => one.group.localeCompare(other.group) || (one.rank ?? 99) - (other.rank ?? 99))
    .map((type) => {
      const Icon = type.icon
      return { key: type.name, label: pick(type.label), icon: <Icon size={14} />, onClick: () => add(type.name, end) }
    })
  return (
    <div ref={own} className={css.columns} data-over={over}>
      {columns.map((field, at) => (
        <Column key={field.id} owner={owner.id} field={field} next={columns[at + 1]?.id ?? null} />
      ))}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keeps the menu's clicks from selecting */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the button itself hears keys */}
      <span className={css.columnAdd} onClick={(event) => event.stopPropagation()}>
        <Dropdown menu={{ items, className: css.typeMenu }} trigger={['click']}>
          <Button size="small" type="dashed" icon={<Plus size={14} aria-hidden />}>
            {t('designer.addColumn')}
          </Button>
        </Dropdown>
      </span>
    </div>
  )
}
