/** Departments as a tree 部门树. */
import type { Department } from '@/api/directory'

export interface Branch extends Department {
  children?: Branch[]
}

/** Departments below `parent`, each with those below it; one whose parent is gone stands at the top. */
export function treeOf(departments: Department[], parent = ''): Branch[] {
  const known = new Set(departments.map(({ id }) => id))
  return departments
    .filter((each) => (known.has(each.parent) ? each.parent : '') === parent)
    .map((each) => {
      const children = treeOf(departments, each.id)
      return children.length > 0 ? { ...each, children } : each
    })
}

/** `id` and all departments below it: where it may not be moved to. */
export function below(departments: Department[], id: string): Set<string> {
  const found = departments.filter(({ parent }) => parent === id).flatMap((each) => [...below(departments, each.id)])
  return new Set([id, ...found])
}
