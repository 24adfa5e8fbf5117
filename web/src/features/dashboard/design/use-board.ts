/** The open dashboard, what is selected in it, and everything that can be done 仪表盘设计状态. */
import { useState } from 'react'
import { useT } from '@/i18n/i18n'
import type { AppDraft, Editor } from '@/ui/design/draft'
import type { FormShape } from '@/ui/record/shape'
import { toast } from '@/ui/toast'
import { type Dashboard, stacked, type Widget, type WidgetKind } from '../definition'
import { copyOf, newWidget, onGrid, type Place, trimmed } from './edits'
import { draftShape, formsOf } from './fields'

export interface Board {
  app: string
  draft: AppDraft
  board: Dashboard
  editor: Editor<Dashboard>
  selected: Widget | undefined
  select: (id: string) => void
  shapeOf: (form: string) => FormShape | undefined
  add: (kind: WidgetKind, place?: Place) => void
  /** Changes a widget; changes with the same key that follow one another are one step of undo. */
  patch: (id: string, patch: Partial<Widget>, key?: string) => void
  place: (places: ({ i: string } & Place)[]) => void
  remove: (id: string) => void
  duplicate: (id: string) => void
}

/** Around one editor. */
export function useBoard(app: string, draft: AppDraft, editor: Editor<Dashboard>): Board {
  const t = useT()
  const board = editor.use((edited) => edited.history.present)
  const [chosen, select] = useState('')
  const widgets = board.widgets ?? []
  const selected = widgets.find(({ id }) => id === chosen)
  const shapes = new Map<string, FormShape | undefined>()
  const shapeOf = (form: string) => {
    if (!shapes.has(form)) shapes.set(form, draftShape(app, draft, form))
    return shapes.get(form)
  }
  const put = (make: (before: Widget[]) => Widget[], key?: string) =>
    editor.change((edited) => {
      const held = edited as Dashboard
      held.widgets = make(held.widgets ?? [])
    }, key)
  const append = (widget: Widget) => {
    put((before) => stacked([...before, trimmed(widget)], widget.id))
    select(widget.id)
  }
  return {
    app,
    draft,
    board,
    editor,
    selected,
    select,
    shapeOf,
    add: (kind, place) => {
      const form = selected?.form ?? widgets.at(-1)?.form ?? formsOf(draft)[0]?.id ?? ''
      const shape = shapeOf(form)
      if (shape) append(newWidget(kind, board, shape, place ? onGrid(place) : {}, t))
    },
    patch: (id, patch, key) =>
      put((before) => {
        const after = before.map((each) => (each.id === id ? trimmed({ ...each, ...patch }) : each))
        return 'w' in patch || 'h' in patch ? stacked(after, id) : after
      }, key),
    place: (places) => {
      const known = new Map(places.map(({ i, ...place }) => [i, onGrid(place)]))
      put((before) => stacked(before.map((each) => ({ ...each, ...known.get(each.id) }))))
    },
    remove: (id) => {
      put((before) => stacked(before.filter((each) => each.id !== id)))
      toast.done(t('dashboard.removed'), editor.undo)
    },
    duplicate: (id) => {
      const found = widgets.find((each) => each.id === id)
      if (found) append(copyOf(found, board, t('dashboard.copyOf', { title: found.title })))
    },
  }
}
