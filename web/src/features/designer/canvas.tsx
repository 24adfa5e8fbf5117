/** The form as it will look 画布: sections, widths, and where the next field would stand. */
import { autoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/element'
import { Input } from 'antd'
import { ArrowDown, ArrowUp, PanelTop, Rows3, Trash2 } from 'lucide-react'
import { useEffect, useMemo, useRef } from 'react'
import { useT } from '@/i18n/i18n'
import { useIsPhone } from '@/lib/use-is-phone'
import { EmptyState } from '@/ui/empty-state'
import { IconButton } from '@/ui/icon-button'
import { Cover } from '@/ui/record/cover'
import type { Form, Section } from './definition'
import css from './designer.module.css'
import { FieldCard } from './field-card'
import { type Block, blocksOf, removeSection } from './layout'
import { moveSection, nameSection, turnSection } from './sections'
import { useDesigner } from './use-designer'
import { usePlaceDrop } from './use-drop'

function SectionHead({ section, at, count }: { section: Section; at: number; count: number }) {
  const t = useT()
  const { editor } = useDesigner()
  return (
    <div className={css.sectionHead}>
      <Input
        variant="borderless"
        value={section.label}
        aria-label={t('designer.sectionName')}
        onChange={(event) => nameSection(editor, section.id, event.target.value)}
      />
      <span className={css.sectionTools}>
        <IconButton
          size="small"
          icon={section.shown_as === 'tab' ? Rows3 : PanelTop}
          iconSize={14}
          label={t(section.shown_as === 'tab' ? 'designer.asSection' : 'designer.asTab')}
          onClick={() => turnSection(editor, section.id)}
        />
        <IconButton
          size="small"
          icon={ArrowUp}
          iconSize={14}
          label={t('designer.moveUp')}
          disabled={at === 0}
          onClick={() => moveSection(editor, section.id, -1)}
        />
        <IconButton
          size="small"
          icon={ArrowDown}
          iconSize={14}
          label={t('designer.moveDown')}
          disabled={at === count - 1}
          onClick={() => moveSection(editor, section.id, 1)}
        />
        <IconButton
          size="small"
          icon={Trash2}
          iconSize={14}
          label={t('designer.removeSection')}
          onClick={() => editor.change((draft) => removeSection(draft as Form, section.id))}
        />
      </span>
    </div>
  )
}

/** From so many fields on, inputs are drawn when they come near. */
const MANY = 60

function BlockView({ block, at, blocks }: { block: Block; at: number; blocks: number }) {
  const t = useT()
  const { form, selection, published } = useDesigner()
  const many = (form.fields?.length ?? 0) > MANY
  const own = useRef<HTMLDivElement>(null)
  const { section, fields } = block
  const over = usePlaceDrop(own, { section: section?.id ?? '', before: null })
  if (section === null && fields.length === 0 && blocks > 1)
    return <div ref={own} className={css.thin} data-over={over} />
  return (
    <section className={css.block}>
      {section === null ? null : <SectionHead section={section} at={at - 1} count={blocks - 1} />}
      <div ref={own} className={css.grid} data-over={over} data-empty={fields.length === 0}>
        {fields.map((field, place) => (
          <FieldCard
            key={field.id}
            field={field}
            path={field.id}
            section={section?.id ?? ''}
            next={fields[place + 1]?.id ?? null}
            grid={form.grid}
            selected={selection.includes(field.id)}
            alone={selection.length === 1 && selection[0] === field.id}
            fresh={published.size > 0 && !published.has(field.id)}
            many={many}
          />
        ))}
        {fields.length === 0 && section !== null ? (
          <p className={css.emptySection}>{t('designer.emptySection')}</p>
        ) : null}
      </div>
    </section>
  )
}

function EmptyCanvas() {
  const t = useT()
  const phone = useIsPhone()
  const own = useRef<HTMLDivElement>(null)
  const over = usePlaceDrop(own, { section: '', before: null })
  return (
    <div ref={own} className={css.emptyCanvas} data-over={over}>
      <EmptyState
        figure="house"
        title={t(phone ? 'designer.emptyTitlePhone' : 'designer.emptyTitle')}
        hint={t('designer.emptyHint')}
      />
    </div>
  )
}

/** The page on which the form is drawn; a click beside a field selects nothing. */
export function Canvas() {
  const { form, clear } = useDesigner()
  const own = useRef<HTMLDivElement>(null)
  const paper = useRef<HTMLDivElement>(null)
  usePlaceDrop(paper, { section: form.sections?.at(-1)?.id ?? '', before: null })
  useEffect(() => {
    if (own.current !== null) return autoScrollForElements({ element: own.current })
  }, [])
  const blocks = useMemo(() => blocksOf(form), [form])
  const empty = (form.fields?.length ?? 0) === 0 && blocks.length === 1
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a convenience for the mouse; Esc does the same
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc does the same
    <div ref={own} className={css.canvas} onClick={clear}>
      <div ref={paper} className={css.paper} data-density={form.skin?.density}>
        <h2 className={css.paperTitle}>{form.name}</h2>
        {form.description ? <p className={css.paperText}>{form.description}</p> : null}
        {form.skin?.hue ? (
          <div className={css.canvasCover}>
            <Cover skin={form.skin} />
          </div>
        ) : null}
        {empty ? <EmptyCanvas /> : null}
        {empty
          ? null
          : blocks.map((block, at) => (
              <BlockView key={block.section?.id ?? ''} block={block} at={at} blocks={blocks.length} />
            ))}
      </div>
    </div>
  )
}
