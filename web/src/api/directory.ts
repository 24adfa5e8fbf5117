/** Members, departments and roles 通讯录: small, asked once, used everywhere. */
import { useApi } from './query'
import type { components } from './schema'

export type Directory = components['schemas']['DirectoryOut']
export type Member = components['schemas']['MemberOut']
export type Department = components['schemas']['DepartmentOut']
export type Role = components['schemas']['RoleOut']

/** Everybody and everything that fields of people need. */
export function useDirectory(active = true) {
  return useApi('/api/directory', undefined, { enabled: active, staleTime: 60_000 })
}
