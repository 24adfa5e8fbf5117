/** What a permission group says of each field 字段权限: one word per field, kept as the three lists of the definition. */
import type { PermissionGroup } from './definition'

export type Access = 'edit' | 'read' | 'hidden'
type Lists = Pick<PermissionGroup, 'read' | 'write' | 'hide'>

/** What the group may do with a field (or a column, `lines.cost`). */
export function accessOf(group: Lists, path: string): Access {
  const head = path.split('.')[0] ?? path
  const { read, write, hide = [] } = group
  if (hide.includes(path) || hide.includes(head) || (read && !read.includes(head))) return 'hidden'
  return write && !write.includes(head) ? 'read' : 'edit'
}

/** The lists after one field was set; lists that say nothing are left out. */
export function withAccess(group: Lists, all: string[], paths: string[], access: Access): Lists {
  const words = new Map(all.map((path) => [path, paths.includes(path) ? access : accessOf(group, path)]))
  const heads = all.filter((path) => !path.includes('.'))
  const hide = all.filter((path) => words.get(path) === 'hidden' && words.get(path.split('.')[0] ?? '') !== 'hidden')
  const hidden = heads.filter((head) => words.get(head) === 'hidden')
  const locked = heads.some((head) => words.get(head) === 'read')
  const gone = [...hidden, ...hide.filter((path) => !hidden.includes(path))]
  return {
    read: undefined,
    write: locked ? heads.filter((head) => words.get(head) === 'edit') : undefined,
    hide: gone.length > 0 ? gone : undefined,
  }
}
