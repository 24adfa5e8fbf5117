/** Sections as a list 分组设置. */
import { Button, Input } from 'antd'
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { IconButton } from '@/ui/icon-button'
import type { Form } from './definition'
import css from './designer.module.css'
import { removeSection } from './layout'
import { addSection, moveSection, nameSection } from './sections'
import { useDesigner } from './use-designer'

/** Name, order, delete, add. */
export function SectionsPane() {
  const t = useT()
  const { form, editor } = useDesigner()
  const sections = form.sections ?? []
  return (
    <div className={css.list}>
      {sections.map((section, at) => (
        <div key={section.id} className={css.listRow}>
          <Input
            value={section.label}
            aria-label={t('designer.sectionName')}
            onChange={(event) => nameSection(editor, section.id, event.target.value)}
          />
          <IconButton
            icon={ArrowUp}
            iconSize={14}
            label={t('designer.moveUp')}
            disabled={at === 0}
            onClick={() => moveSection(editor, section.id, -1)}
          />
          <IconButton
            icon={ArrowDown}
            iconSize={14}
            label={t('designer.moveDown')}
            disabled={at === sections.length - 1}
            onClick={() => moveSection(editor, section.id, 1)}
          />
          <IconButton
            icon={Trash2}
            iconSize={14}
            label={t('designer.removeSection')}
            onClick={() => editor.change((draft) => removeSection(draft as Form, section.id))}
          />
        </div>
      ))}
      <Button
        type="dashed"
        icon={<Plus size={14} aria-hidden />}
        onClick={() => addSection(editor, form, t('designer.newSection'))}
      >
        {t('designer.addSection')}
      </Button>
    </div>
  )
}
