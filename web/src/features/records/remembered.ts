/** What a person prefers, kept in the browser 个人偏好: columns of a view, and their widths. */

const key = (app: string, form: string, view: string) => `qiaoban.columns.${app}.${form}.${view}`

/** The columns last chosen for a view; null when never. */
export function keptColumns(app: string, form: string, view: string): string[] | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key(app, form, view)) ?? 'null')
    return Array.isArray(kept) && kept.every((each) => typeof each === 'string') ? kept : null
  } catch {
    return null
  }
}

/** Keeps the columns of a view; null forgets them. */
export function keepColumns(app: string, form: string, view: string, columns: string[] | null): void {
  try {
    if (columns === null) localStorage.removeItem(key(app, form, view))
    else localStorage.setItem(key(app, form, view), JSON.stringify(columns))
  } catch {
    // forgotten at the end of the visit
  }
}

/** Widths in pixels, by the field's id. */
export type Widths = Record<string, number>

const widthKey = (person: string, app: string, form: string) => `qiaoban.widths.${person}.${app}.${form}`

/** The widths a person gave to a form's columns. */
export function keptWidths(person: string | null, app: string, form: string): Widths {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(widthKey(person ?? '', app, form)) ?? '{}')
    const entries = typeof kept === 'object' && kept !== null ? Object.entries(kept) : []
    return Object.fromEntries(entries.filter(([, width]) => typeof width === 'number' && width > 0))
  } catch {
    return {}
  }
}

/** Keeps the widths of a form's columns. */
export function keepWidths(person: string | null, app: string, form: string, widths: Widths): void {
  try {
    localStorage.setItem(widthKey(person ?? '', app, form), JSON.stringify(widths))
  } catch {
    // forgotten at the end of the visit
  }
}
