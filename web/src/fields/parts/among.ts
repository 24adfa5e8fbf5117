/** Who may be chosen 可选范围; the twin of builder/among.py. */
import type { Department, Person } from '@/fields/context'

export interface Among {
  members?: string[]
  departments?: string[]
  roles?: string[]
  field?: string
}

export interface AmongSettings {
  among?: Among
}

/** Whether everybody may be chosen. */
export function isOpen(among: Among | undefined): boolean {
  const { members = [], departments = [], roles = [], field } = among ?? {}
  return members.length + departments.length + roles.length === 0 && !field
}

/** The departments and all above them. */
function withThoseAbove(ids: string[], tree: Department[]): Set<string> {
  const parents = new Map(tree.map((each) => [each.id, each.parent ?? '']))
  const found = new Set<string>()
  for (const first of ids) for (let id = first; id && !found.has(id); id = parents.get(id) ?? '') found.add(id)
  return found
}

const meets = (some: string[] | undefined, set: Set<string>) => (some ?? []).some((each) => set.has(each))

/** Whether the member may be chosen, `chosen` being the departments that the driving field holds. */
export function letsMember(among: Among | undefined, member: Person, tree: Department[], chosen: string[]): boolean {
  if (among === undefined || isOpen(among)) return true
  const above = withThoseAbove(member.departments ?? [], tree)
  if (among.field && !meets(chosen, above)) return false
  if (isOpen({ ...among, field: undefined })) return true
  const roles = new Set(member.roles ?? [])
  return among.members?.includes(member.id) === true || meets(among.departments, above) || meets(among.roles, roles)
}

/** Whether the department may be chosen. */
export function letsDepartment(among: Among | undefined, id: string, tree: Department[], chosen: string[]): boolean {
  if (among === undefined || isOpen(among)) return true
  const above = withThoseAbove([id], tree)
  if (among.field && !meets(chosen, above)) return false
  return (among.departments ?? []).length === 0 || meets(among.departments, above)
}

/** The field whose departments narrow the choice. */
export function mentioned({ among }: AmongSettings): string[] {
  return among?.field ? [among.field] : []
}
