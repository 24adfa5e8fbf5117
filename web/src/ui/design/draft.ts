/** A part of the draft being edited 草稿编辑: undo and redo, saved by itself a moment after each change, never silently overwritten. */
import { useEffect } from 'react'
import { create, type StoreApi, type UseBoundStore } from 'zustand'
import { api, type GetAnswer } from '@/api/client'
import { useEvent } from '@/api/events'
import { ApiProblem, sentenceOf } from '@/api/problem'
import { asking, queryClient, useApi } from '@/api/query'
import { t } from '@/i18n/i18n'
import { arrived, changed, type History, historyOf, type Recipe, redone, replaced, undone } from '@/lib/history'
import { merged, type Place, same } from '@/lib/merge'
import { toast } from '@/ui/toast'
import { changedThings } from './meanwhile'

export type AppDraft = GetAnswer<'/api/apps/{app}/draft'>
export type Trouble = AppDraft['problems'][number]
export type SaveState = 'saved' | 'waiting' | 'saving' | 'failed' | 'conflict'

const PAUSE = 1_200
const RETRY = 6_000

interface Edited<T> {
  history: History<T>
  base: string
  /** The revision of the draft at which `kept` was the server's. */
  revision: number
  /** What the server has. */
  kept: T
  state: SaveState
  savedAt: number | null
  failure: string
  /** Where somebody else and we changed the same thing otherwise, and what they made of the whole. */
  clashes: Place[]
  theirs: T | null
}

type Store<T> = UseBoundStore<StoreApi<Edited<T>>>

/** An editor of one part; it outlives the page, so undo survives a change of tabs. */
export interface Editor<T> {
  use: Store<T>
  change: (recipe: Recipe<T>, key?: string) => void
  undo: () => void
  redo: () => void
  /** Saves what is not saved yet; false when it could not be. */
  flush: () => Promise<boolean>
  /** After a conflict: mine or theirs where both changed the same thing; what only one changed stays. */
  settle: (whose: 'mine' | 'theirs') => Promise<void>
  /** What somebody else saved, unless there are changes of ours. */
  adopt: (value: T, hash: string, revision: number) => void
}

const editors = new Map<string, Editor<never>>()

/** Who saved a part of an app's draft last, by name. */
const authors = new Map<string, string>()

/** Tells what somebody else has just changed. */
function tell(app: string, before: unknown, after: unknown): void {
  const things = changedThings(before, after).join(t('design.comma'))
  const name = authors.get(app) ?? t('design.somebody')
  toast.done(t(things === '' ? 'design.came' : 'design.cameThings', { name, things }))
}

const draftOf = (app: string) => asking('/api/apps/{app}/draft', { params: { path: { app } } })

function remember(name: string, base: string, value: unknown): void {
  try {
    localStorage.setItem(name, JSON.stringify({ base, value }))
  } catch {
    // a full or closed store: the server still gets it at the next try
  }
}

function remembered<T>(name: string, base: string): T | null {
  try {
    const kept = JSON.parse(localStorage.getItem(name) ?? 'null') as { base: string; value: T } | null
    return kept !== null && kept.base === base ? kept.value : null
  } catch {
    return null
  }
}

function forget(name: string): void {
  try {
    localStorage.removeItem(name)
  } catch {
    // nothing was remembered
  }
}

async function put(
  app: string,
  part: string,
  value: unknown,
  base: string,
): Promise<{ hash: string; revision: number }> {
  const [room = '', name = room] = part.split('/')
  const body = { value: value as Record<string, unknown> | null, base }
  const out = await api.put('/api/apps/{app}/draft/{room}/{part}', {
    params: { path: { app, room, part: name } },
    body,
  })
  queryClient.setQueryData<AppDraft>(draftOf(app).queryKey as never, (before) => {
    if (before === undefined) return before
    const parts = { ...before.parts }
    if (value === null) delete parts[part]
    else parts[part] = value
    const { revision, changed: differing, problems, advice } = out
    const hashes = { ...before.hashes, [part]: out.hash }
    return { ...before, parts, hashes, revision, changed: differing, problems, advice }
  })
  return out
}

/** Saves a part that no editor holds, e.g. a new one; a null value removes it. */
export async function savePart(app: string, part: string, value: object | null, base = ''): Promise<void> {
  const { hash, revision } = await put(app, part, value, base)
  const editor = editors.get(`${app}/${part}`)
  if (editor !== undefined && value !== null) (editor as unknown as Editor<object>).adopt(value, hash, revision)
}

function makeEditor<T>(app: string, part: string, value: T, base: string, revision: number): Editor<T> {
  const memory = `qiaoban.draft.${app}/${part}`
  const lost = remembered<T>(memory, base)
  const use: Store<T> = create<Edited<T>>(() => ({
    history: lost === null ? historyOf(value) : replaced(historyOf(value), lost, Date.now()),
    base,
    revision,
    kept: value,
    state: 'saved',
    savedAt: null,
    failure: '',
    clashes: [],
    theirs: null,
  }))
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<boolean> | null = null

  const clean = () => use.getState().history.present === use.getState().kept

  /** Theirs and ours together; false while both changed the same thing and nobody has said whose to take. */
  async function join(prefer?: 'mine' | 'theirs'): Promise<boolean> {
    const found = await queryClient.fetchQuery({ ...draftOf(app), staleTime: 0 })
    const theirs = found.parts[part] as T | undefined
    const { history, kept } = use.getState()
    const { value, clashes } = merged(kept, history.present, (theirs ?? null) as T, prefer ?? 'mine')
    if (prefer === undefined && (clashes.length > 0 || theirs === undefined)) {
      use.setState({ clashes, theirs: theirs ?? null })
      return false
    }
    if (prefer === undefined) tell(app, kept, theirs)
    const both = prefer === 'theirs' ? replaced : arrived
    const next = same(value, history.present) ? history : both(history, value, Date.now())
    const done = same(next.present, theirs)
    const [base, revision] = [found.hashes[part] ?? '', found.revision]
    use.setState({
      history: next,
      kept: done ? next.present : (theirs as T),
      base,
      revision,
      clashes: [],
      theirs: null,
    })
    return true
  }

  async function send(tries = 5): Promise<boolean> {
    const { history, base: from } = use.getState()
    const sent = history.present
    use.setState({ state: 'saving' })
    try {
      const { hash, revision: now } = await put(app, part, sent, from)
      forget(memory)
      use.setState({ base: hash, revision: now, kept: sent, savedAt: Date.now(), state: 'saved', failure: '' })
      return clean() ? true : send()
    } catch (error) {
      remember(memory, from, use.getState().history.present)
      const conflict = error instanceof ApiProblem && error.code === 'draft_conflict'
      if (conflict && tries > 0 && (await join().catch(() => false))) return send(tries - 1)
      use.setState({ state: conflict ? 'conflict' : 'failed', failure: sentenceOf(error) })
      const refused = error instanceof ApiProblem && error.status >= 400 && error.status < 500
      if (!refused) later(RETRY)
      return false
    }
  }

  function later(pause: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), pause)
  }

  async function flush(): Promise<boolean> {
    clearTimeout(timer)
    if (running !== null) return running
    if (clean()) return use.getState().state !== 'conflict'
    if (use.getState().state === 'conflict') return false
    running = send().finally(() => {
      running = null
    })
    return running
  }

  function move(history: History<T>): void {
    if (history === use.getState().history) return
    const waits = use.getState().state === 'conflict' ? 'conflict' : running === null ? 'waiting' : 'saving'
    use.setState({ history, state: waits })
    if (waits === 'waiting') later(PAUSE)
  }

  return {
    use,
    flush,
    change: (recipe, key) => move(changed(use.getState().history, recipe, Date.now(), key)),
    undo: () => move(undone(use.getState().history)),
    redo: () => move(redone(use.getState().history)),
    adopt: (next, hash, at) => {
      if (!clean() || running !== null || at <= use.getState().revision) return
      const { history } = use.getState()
      const news = !same(history.present, next)
      const then = news ? arrived(history, next, Date.now()) : history
      use.setState({ history: then, kept: then.present, base: hash, revision: at })
    },
    settle: async (whose) => {
      await join(whose)
      forget(memory)
      use.setState({ state: clean() ? 'saved' : 'waiting' })
      await flush()
    },
  }
}

function editorOf<T>(app: string, part: string, draft: AppDraft): Editor<T> | null {
  const key = `${app}/${part}`
  const value = draft.parts[part] as T | undefined
  if (value === undefined) return null
  const hash = draft.hashes[part] ?? ''
  const known = editors.get(key) as Editor<T> | undefined
  if (known !== undefined) return known
  const editor = makeEditor<T>(app, part, value, hash, draft.revision)
  editors.set(key, editor as unknown as Editor<never>)
  return editor
}

/** Lets go of the undo history of an app's parts, e.g. after another version was restored. */
export function forgetDrafts(app: string): void {
  for (const key of [...editors.keys()]) if (key.startsWith(`${app}/`)) editors.delete(key)
  void queryClient.invalidateQueries({ queryKey: [draftOf(app).queryKey[0]] })
}

/** The whole draft of an app; asked again when another administrator saves a part of it. */
export function useAppDraft(app: string) {
  useEvent('draft', (news) => {
    if (news.app === app && typeof news.by_name === 'string' && news.by_name !== '') authors.set(app, news.by_name)
    const key = draftOf(app).queryKey
    const held = queryClient.getQueryData<AppDraft>(key as never)
    if (news.app === app && Number(news.revision) > (held?.revision ?? 0))
      void queryClient.invalidateQueries({ queryKey: key })
  })
  return useApi('/api/apps/{app}/draft', { params: { path: { app } } }, { staleTime: 4_000 })
}

/** The editor of a part: null while it loads or when there is no such part. */
export function useEditor<T>(app: string, part: string, draft: AppDraft | undefined): Editor<T> | null {
  const editor = draft === undefined ? null : editorOf<T>(app, part, draft)
  useEffect(() => {
    const value = draft?.parts[part] as T | undefined
    if (editor === null || draft === undefined || value === undefined) return
    const { base, history } = editor.use.getState()
    if (base === draft.hashes[part]) return
    editor.adopt(value, draft.hashes[part] ?? '', draft.revision)
    if (editor.use.getState().history !== history) tell(app, history.present, value)
  }, [app, editor, draft, part])
  useEffect(() => {
    if (editor === null) return
    const stay = (event: BeforeUnloadEvent) => {
      const { history, kept } = editor.use.getState()
      if (history.present === kept) return
      void editor.flush()
      event.preventDefault()
    }
    window.addEventListener('beforeunload', stay)
    return () => {
      window.removeEventListener('beforeunload', stay)
      void editor.flush()
    }
  }, [editor])
  return editor
}
