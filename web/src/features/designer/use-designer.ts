/** The open form and what is selected in it 设计器状态. */
import { createContext, type RefObject, useCallback, useContext, useMemo, useState } from 'react'
import { useApi } from '@/api/query'
import type { Field } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import { pick, useT } from '@/i18n/i18n'
import type { Editor } from '@/ui/design/draft'
import { toast } from '@/ui/toast'
import { fitted, keep, kept, type Piece, piecesOf } from './clipboard'
import { type Form, fieldAt, listAround, patched } from './definition'
import { insertField, moveFields, pathsOf, type Spot, spotAfter, stepFields } from './layout'
import { mayRemove } from './may-remove'
import { removeFields, renameField } from './rewrite'
import { isProposed, proposeId } from './slugs'

export type SelectMode = 'only' | 'toggle' | 'range'

export interface Designer {
  app: string
  form: Form
  editor: Editor<Form>
  /** Paths of the live version: their ids never change. */
  published: Set<string>
  selection: string[]
  select: (path: string, mode?: SelectMode) => void
  clear: () => void
  add: (type: string, spot?: Spot) => void
  move: (paths: string[], spot: Spot) => void
  patch: (path: string, patch: Partial<Field>) => void
  /** Changes the label, and the id with it while it is free to change. */
  relabel: (path: string) => void
  rename: (path: string, id: string) => void
  remove: (paths: string[]) => Promise<void>
  duplicate: (paths: string[]) => void
  copy: () => void
  paste: () => void
  step: (direction: -1 | 1) => void
}

const DesignerContext = createContext<Designer | null>(null)
export const DesignerProvider = DesignerContext.Provider

/** The designer around a part of it. */
export function useDesigner(): Designer {
  const designer = useContext(DesignerContext)
  if (designer === null) throw new Error('No designer around this part')
  return designer
}

const LatestContext = createContext<RefObject<Designer> | null>(null)
export const LatestProvider = LatestContext.Provider

/** The designer as it is when something is done; who only does and never shows need not be drawn again when it changes. */
export function useLatestDesigner(): RefObject<Designer> {
  const latest = useContext(LatestContext)
  if (latest === null) throw new Error('No designer around this part')
  return latest
}

function usePublished(app: string, form: string): Set<string> {
  const params = { path: { app, form } }
  const menu = useApi('/api/apps/{app}/menu', { params: { path: { app } } })
  const known = menu.data?.groups.some(({ items }) => items.some(({ kind, id }) => kind === 'form' && id === form))
  const live = useApi('/api/apps/{app}/forms/{form}', { params }, { retry: false, enabled: known === true })
  return useMemo(() => {
    const definition = live.data?.definition as unknown as Form | undefined
    return new Set(definition === undefined ? [] : pathsOf(definition, true))
  }, [live.data])
}

function newField(form: Form, name: string, rows?: string): Field {
  const type = typeNamed(name)
  const taken = (rows === undefined ? form.fields : listAround(form, `${rows}.`)) ?? []
  const id = proposeId(
    name,
    '',
    taken.map((field) => field.id),
  )
  const blank = JSON.parse(JSON.stringify(type?.blank ?? {})) as Partial<Field>
  return { ...blank, id, type: name, label: type === undefined ? name : pick(type.label) }
}

/** The rows a path stands in; '' for the form itself. */
const aroundOf = (path: string): string => (path.includes('.') ? (path.split('.')[0] ?? '') : '')

/** Everything that can be done to the form. */
export function useDesignerState(app: string, editor: Editor<Form>): Designer {
  const t = useT()
  const form = editor.use((edited) => edited.history.present)
  const published = usePublished(app, form.id)
  const [chosen, setSelection] = useState<string[]>([])
  const selection = useMemo(() => chosen.filter((path) => fieldAt(form, path) !== undefined), [chosen, form])

  const select = useCallback(
    (path: string, mode: SelectMode = 'only') =>
      setSelection((before) => {
        const list = aroundOf(path)
        const kin = before.filter((each) => aroundOf(each) === list)
        if (mode === 'only' || (before.length > 0 && kin.length === 0)) return [path]
        if (mode === 'toggle') return kin.includes(path) ? kin.filter((each) => each !== path) : [...kin, path]
        const order = pathsOf(form, list !== '').filter((each) => aroundOf(each) === list)
        const ends = [order.indexOf(kin[0] ?? path), order.indexOf(path)].sort((a, b) => a - b)
        return order.slice(ends[0], (ends[1] ?? 0) + 1)
      }),
    [form],
  )

  const actions = useMemo(() => {
    const { change } = editor
    const add = (name: string, spot?: Spot) => {
      const last = chosen.at(-1)
      const after = last !== undefined && fieldAt(form, last) !== undefined ? spotAfter(form, last) : undefined
      const plain = after?.rows !== undefined && spot === undefined ? undefined : after
      const end: Spot = { section: form.sections?.at(-1)?.id ?? '', before: null }
      const to = spot ?? plain ?? end
      const beside = to.before === null || to.rows !== undefined ? undefined : fieldAt(form, to.before)?.width
      const field = {
        ...(beside === 'third' || beside === 'quarter' ? { width: beside } : {}),
        ...newField(form, name, to.rows),
      }
      change((draft) => void insertField(draft as Form, field, to))
      setSelection([to.rows === undefined ? field.id : `${to.rows}.${field.id}`])
    }
    const insertAll = (fields: Field[], spot: Spot) => {
      change((draft) => {
        for (const field of fields) insertField(draft as Form, field, spot)
      })
      setSelection(fields.map((field) => (spot.rows === undefined ? field.id : `${spot.rows}.${field.id}`)))
    }
    const put = (pieces: Piece[], spot: Spot) => {
      const fields = fitted(form, pieces, spot)
      if (fields.length < pieces.length) toast.error(t('designer.notInRows', { count: pieces.length - fields.length }))
      if (fields.length > 0) insertAll(fields, spot)
    }
    const duplicate = (paths: string[]) => {
      const last = paths.at(-1)
      if (last !== undefined) put(piecesOf(form, paths), spotAfter(form, last))
    }
    const paste = () => {
      const pieces = kept()
      if (pieces.length === 0) return
      const last = selection.at(-1)
      put(
        pieces,
        last === undefined ? { section: form.sections?.at(-1)?.id ?? '', before: null } : spotAfter(form, last),
      )
    }
    const rename = (path: string, id: string) => {
      let next = path
      change((draft) => {
        next = renameField(draft as Form, path, id)
      })
      setSelection((before) => before.map((each) => (each === path ? next : each)))
    }
    return {
      add,
      duplicate,
      paste,
      rename,
      clear: () => setSelection([]),
      move: (paths: string[], spot: Spot) => change((draft) => moveFields(draft as Form, paths, spot)),
      patch: (path: string, patch: Partial<Field>) =>
        change(
          (draft) => {
            const field = fieldAt(draft as Form, path)
            if (field !== undefined) patched(field, patch)
          },
          `${path}:${Object.keys(patch).join()}`,
        ),
      relabel: (path: string) => {
        const field = fieldAt(form, path)
        if (field === undefined || published.has(path) || !isProposed(field)) return
        const taken = (listAround(form, path) ?? []).filter((each) => each !== field).map(({ id }) => id)
        const id = proposeId(field.type, field.label, taken)
        if (!isProposed({ ...field, id })) rename(path, id)
      },
      copy: () => {
        const pieces = piecesOf(form, selection)
        if (pieces.length === 0) return
        keep(pieces)
        toast.done(t('designer.copied', { count: pieces.length }))
      },
      step: (direction: -1 | 1) => {
        if (selection.length > 0) change((draft) => stepFields(draft as Form, selection, direction))
      },
      remove: async (paths: string[]) => {
        if (paths.length === 0) return
        const sure = await mayRemove({ app, form, published }, paths).catch((error: unknown) => {
          toast.error(error)
          return false
        })
        if (!sure) return
        change((draft) => removeFields(draft as Form, paths))
        setSelection([])
        toast.done(t('designer.removed', { count: paths.length }), editor.undo)
      },
    }
  }, [app, editor, form, published, selection, chosen, t])

  return { app, form, editor, published, selection, select, ...actions }
}
