/** A part of the draft being edited 草稿编辑: undo and redo, saved by itself a moment after each change, never silently overwritten. */
import { useEffect } from 'react'
import { create, type StoreApi, type UseBoundStore } from 'zustand'
import { api, type GetAnswer } from '@/api/client'
import { useEvent } from '@/api/events'
import { ApiProblem, sentenceOf } from '@/api/problem'
import { asking, queryClient, useApi } from '@/api/query'
import { changed, type History, historyOf, type Recipe, redone, replaced, undone } from '@/lib/history'

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
  /** After a conflict: keep mine over theirs, or take theirs (which can be undone). */
  settle: (whose: 'mine' | 'theirs') => Promise<void>
  /** What somebody else saved, unless there are changes of ours. */
  adopt: (value: T, hash: string, revision: number) => void
}

const editors = new Map<string, Editor<never>>()

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
  }))
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<boolean> | null = null

  const clean = () => use.getState().history.present === use.getState().kept

  async function send(): Promise<boolean> {
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
      use.setState({ history: historyOf(next), kept: next, base: hash, revision: at })
    },
    settle: async (whose) => {
      const theirs = await queryClient.fetchQuery({ ...draftOf(app), staleTime: 0 })
      const value = theirs.parts[part] as T
      const { hashes, revision: at } = theirs
      use.setState({ base: hashes[part] ?? '', revision: at, kept: value, state: 'waiting' })
      if (whose === 'theirs') {
        use.setState({ history: replaced(use.getState().history, value, Date.now()), state: 'saved' })
        forget(memory)
      } else await flush()
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
    if (editor.use.getState().base !== draft.hashes[part]) editor.adopt(value, draft.hashes[part] ?? '', draft.revision)
  }, [editor, draft, part])
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
