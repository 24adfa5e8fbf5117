/** Sections of a form 分组: added, named, moved. */
import type { Editor } from '@/ui/design/draft'
import type { Form } from './definition'
import { free } from './slugs'

/** A new section at the end. */
export function addSection(editor: Editor<Form>, form: Form, label: string): void {
  const count = (form.sections?.length ?? 0) + 1
  const id = free(
    `section_${count}`,
    (form.sections ?? []).map((section) => section.id),
  )
  editor.change((draft) => {
    draft.sections = [...(draft.sections ?? []), { id, label, fields: [] }]
  })
}

/** Another name for a section; typing it is one step. */
export function nameSection(editor: Editor<Form>, id: string, label: string): void {
  editor.change((draft) => {
    const section = draft.sections?.find((each) => each.id === id)
    if (section !== undefined) section.label = label
  }, `section:${id}`)
}

/** Behind a tab, or as a section that folds. */
export function turnSection(editor: Editor<Form>, id: string): void {
  editor.change((draft) => {
    const section = draft.sections?.find((each) => each.id === id)
    if (section !== undefined) section.shown_as = section.shown_as === 'tab' ? undefined : 'tab'
  })
}

/** One place up or down among the sections. */
export function moveSection(editor: Editor<Form>, id: string, direction: -1 | 1): void {
  editor.change((draft) => {
    const sections = draft.sections ?? []
    const at = sections.findIndex((each) => each.id === id)
    const [moved] = sections.splice(at, 1)
    if (moved !== undefined) sections.splice(Math.max(0, at + direction), 0, moved)
  })
}
