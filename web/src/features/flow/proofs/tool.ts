/** The proofs of a workflow 验证工具: which one is open stands in the address. */
import { useSearchState } from '@/lib/route'

export const TOOLS = ['simulate', 'cases', 'dryRun', 'analysis'] as const
export type Tool = (typeof TOOLS)[number]

/** The tool that is open, and how to open another; undefined closes it. */
export function useTool(): [Tool | undefined, (tool: Tool | undefined) => void] {
  const [search, setSearch] = useSearchState<{ tool?: string }>()
  const tool = TOOLS.find((each) => each === search.tool)
  return [tool, (next) => setSearch({ tool: next }, { replace: true })]
}
