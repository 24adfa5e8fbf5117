/** What a person prefers, kept in the browser 个人偏好: columns of a view. */

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
