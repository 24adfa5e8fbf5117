/** The open workflow and what is selected in it 流程设计器状态. */
import { createContext, useContext, useMemo, useState } from 'react'
import { useDirectory } from '@/api/directory'
import type { Field } from '@/fields/field'
import { pick, useT } from '@/i18n/i18n'
import type { NamedNodeType, NodeSurroundings } from '@/nodes/node'
import { nodeTypeNamed } from '@/nodes/registry'
import type { AppDraft, Editor, Trouble } from '@/ui/design/draft'
import { within } from '@/ui/design/problem-list'
import { toast } from '@/ui/toast'
import type { FlowNode, Line, Workflow } from './definition'
import { connect, insertConditional, insertNode, removeNode } from './edits'

export interface FormPart {
  id: string
  name: string
  workflow?: string | null
  fields?: Field[]
}

export interface Flow {
  app: string
  form: FormPart
  workflow: Workflow
  editor: Editor<Workflow>
  selected: string
  select: (node: string) => void
  /** Problems by node; '' for those of the workflow itself. */
  problems: Map<string, Trouble[]>
  context: NodeSurroundings
  insert: (line: Line, type: string, conditional: boolean) => void
  remove: (node: string) => void
  patch: (node: string, patch: Partial<FlowNode>) => void
  lead: (line: Line, to: string | undefined) => void
  change: Editor<Workflow>['change']
}

const FlowContext = createContext<Flow | null>(null)
export const FlowProvider = FlowContext.Provider

/** The workflow around a part of the designer. */
export function useFlow(): Flow {
  const flow = useContext(FlowContext)
  if (flow === null) throw new Error('No workflow around this part')
  return flow
}

/** A node's name: its label, else its type's. */
export function nodeName(node: FlowNode): string {
  const type = nodeTypeNamed(node.type)
  return node.label || (type === undefined ? node.type : pick(type.label))
}

export const typeWords = (type: NamedNodeType): string => pick(type.label)

function byNode(problems: Trouble[], part: string): Map<string, Trouble[]> {
  const found = new Map<string, Trouble[]>()
  for (const problem of problems) {
    const path = within(part, problem.path)
    if (path === null) continue
    const node = path[0] === 'nodes' ? String(path[1]) : ''
    found.set(node, [...(found.get(node) ?? []), problem])
  }
  return found
}

/** Everything that can be done to the workflow. */
export function useFlowState(app: string, form: FormPart, draft: AppDraft, editor: Editor<Workflow>): Flow {
  const t = useT()
  const workflow = editor.use((edited) => edited.history.present)
  const [chosen, select] = useState('')
  const { data: directory } = useDirectory()
  const selected = chosen in workflow.nodes ? chosen : ''
  const problems = useMemo(() => byNode(draft.problems, `workflows/${workflow.id}`), [draft.problems, workflow.id])
  const context = useMemo<NodeSurroundings>(
    () => ({
      app,
      form: form.id,
      definition: form,
      fields: form.fields ?? [],
      members: directory?.members ?? [],
      departments: directory?.departments ?? [],
      roles: directory?.roles ?? [],
      gatherer: Object.keys(workflow.nodes).find((id) => nodeTypeNamed(workflow.nodes[id]?.type ?? '')?.gathers),
      nodes: Object.entries(workflow.nodes).map(([id, node]) => ({ id, type: node.type, label: nodeName(node) })),
    }),
    [app, form, directory, workflow.nodes],
  )
  const actions = useMemo(() => {
    const { change } = editor
    return {
      change,
      insert: (line: Line, type: string, conditional: boolean) => {
        let fresh = ''
        change((draft) => {
          const target = draft as Workflow
          fresh = conditional
            ? insertConditional(target, line, type, typeWords).decision
            : insertNode(target, line, type, typeWords)
        })
        select(fresh)
      },
      remove: (node: string) => {
        let gone: string[] = []
        change((draft) => {
          gone = removeNode(draft as Workflow, node)
        })
        if (gone.length > 0) toast.done(t('flow.removed', { count: gone.length }), editor.undo)
        else toast.done(t('flow.notStart'))
      },
      patch: (node: string, patch: Partial<FlowNode>) =>
        change(
          (draft) => {
            const found = (draft as Workflow).nodes[node]
            if (found === undefined) return
            for (const [key, value] of Object.entries(patch)) {
              if (value === undefined) delete found[key]
              else found[key] = value
            }
          },
          `${node}:${Object.keys(patch).join()}`,
        ),
      lead: (line: Line, to: string | undefined) => change((draft) => connect(draft as Workflow, line, to)),
    }
  }, [editor, t])
  return { app, form, workflow, editor, selected, select, problems, context, ...actions }
}
