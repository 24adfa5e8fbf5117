/** What was typed and not saved, kept in the browser 本地草稿: survives a closed tab and a lost connection. */
import type { Values } from '@/fields/field'

export interface LocalDraft {
  at: string
  values: Values
  /** What the changed fields held when the typing began. */
  before: Values
  /** Its id in the draft box of the server; for a new record only. */
  box?: string
  /** Where in a form of several steps. */
  step?: string
}

const key = (app: string, form: string, record: string, who: string) => `qiaoban.draft.${who}.${app}.${form}.${record}`

/** The draft of a record by a person; null when there is none. */
export function readDraft(app: string, form: string, record: string, who: string): LocalDraft | null {
  try {
    const kept = JSON.parse(localStorage.getItem(key(app, form, record, who)) ?? 'null') as LocalDraft | null
    return kept && typeof kept.values === 'object' && Object.keys(kept.values).length > 0 ? kept : null
  } catch {
    return null
  }
}

/** Keeps a draft; one without values is forgotten. False when the browser keeps nothing. */
export function keepDraft(
  app: string,
  form: string,
  record: string,
  who: string,
  draft: Omit<LocalDraft, 'at'>,
): boolean {
  try {
    const place = key(app, form, record, who)
    if (Object.keys(draft.values).length === 0) localStorage.removeItem(place)
    else localStorage.setItem(place, JSON.stringify({ ...draft, at: new Date().toISOString() }))
    return true
  } catch {
    return false
  }
}

/** Forgets a draft. */
export function dropDraft(app: string, form: string, record: string, who: string): void {
  keepDraft(app, form, record, who, { values: {}, before: {} })
}
