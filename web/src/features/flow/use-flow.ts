/** The open workflow and what is selected in it 流程设计器状态. */
import { createContext, useCallback, useContext, useMemo, useState } from 'react'
import { useDirectory } from '@/api/directory'
import type { Field } from '@/fields/field'
import { pick, useT } from '@/i18n/i18n'
import type { FlowNode, Line, Workflow } from '@/nodes/drawing/definition'
import { sizeOf } from '@/nodes/drawing/tidy'
import type { NamedNodeType, NodeSurroundings } from '@/nodes/node'
import { nodeTypeNamed } from '@/nodes/registry'
import type { AppDraft, Editor, Trouble } from '@/ui/design/draft'
import { within } from '@/ui/design/problem-list'
import { toast } from '@/ui/toast'
import { freePlace, grown, put, settle } from './arrange'
import { keep, kept, type Piece, paste, pieceOf } from './clipboard'
import { connect, removeNode } from './edits'

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
  /** The chosen nodes. */
  chosen: string[]
  choose: (nodes: string[]) => void
  /** The chosen node, when it is one. */
  selected: string
  select: (node: string) => void
  /** The chosen line. */
  line: Line | null
  selectLine: (line: Line | null) => void
  /** Problems by node; '' for those of the workflow itself. */
  problems: Map<string, Trouble[]>
  /** What is odd without being wrong; it stops no publish. */
  advice: Trouble[]
  context: NodeSurroundings
  insert: (line: Line, type: string, conditional: boolean) => void
  remove: (nodes: string[]) => void
  /** Keeps the chosen nodes for a paste. */
  copy: () => void
  paste: () => void
  /** The chosen nodes once more. */
  double: () => void
  /** Moves nodes to where a person put them. */
  place: (places: Record<string, [number, number]>) => void
  note: (node: string, words: string) => void
  patch: (node: string, patch: Partial<FlowNode>) => void
  lead: (line: Line, to: string | undefined) => void
  change: Editor<Workflow>['change']
}

const FlowContext = createContext<Flow | null>(null)
export const FlowProvider = FlowContext.Provider

const SurroundingsContext = createContext<NodeSurroundings | null>(null)
export const SurroundingsProvider = SurroundingsContext.Provider

/** What a card may ask of the designer; it stays the same while the workflow is edited. */
export function useSurroundings(): NodeSurroundings {
  const around = useContext(SurroundingsContext)
  if (around === null) throw new Error('No workflow around this card')
  return around
}

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

/** What nodes may ask; the parts that change with every edit are left to the properties. */
export function useAround(app: string, form: FormPart): NodeSurroundings {
  const { data: directory } = useDirectory()
  return useMemo(
    () => ({
      app,
      form: form.id,
      definition: form,
      fields: form.fields ?? [],
      members: directory?.members ?? [],
      departments: directory?.departments ?? [],
      roles: directory?.roles ?? [],
      nodes: [],
    }),
    [app, form, directory],
  )
}

/** What is chosen: nodes, or a line. */
function useChosen(workflow: Workflow) {
  const [nodes, setNodes] = useState<string[]>([])
  const [line, setLine] = useState<Line | null>(null)
  const chosen = useMemo(() => nodes.filter((id) => id in workflow.nodes), [nodes, workflow.nodes])
  const choose = useCallback((ids: string[]) => {
    setLine(null)
    setNodes((before) => (before.length === ids.length && before.every((id, at) => id === ids[at]) ? before : ids))
  }, [])
  const select = useCallback((id: string) => choose(id === '' ? [] : [id]), [choose])
  const selectLine = useCallback((next: Line | null) => {
    setNodes([])
    setLine(next)
  }, [])
  const there = line !== null && line.from in workflow.nodes ? line : null
  return { chosen, choose, select, selected: chosen.length === 1 ? (chosen[0] ?? '') : '', line: there, selectLine }
}

type Choosing = ReturnType<typeof useChosen>

function usePieces(workflow: Workflow, editor: Editor<Workflow>, { chosen, choose, line }: Choosing) {
  const t = useT()
  const putIn = (piece: Piece | null, into: Line | null) => {
    if (piece === null || Object.keys(piece.nodes).length === 0) return
    let fresh: string[] = []
    editor.change((draft) => {
      fresh = paste(draft as Workflow, piece, into)
    })
    choose(fresh)
    toast.done(t('flow.pasted', { count: fresh.length }), editor.undo)
  }
  return {
    copy: () => {
      const piece = pieceOf(workflow, chosen)
      const count = Object.keys(piece.nodes).length
      if (count > 0) keep(piece)
      toast.done(count > 0 ? t('flow.copied', { count }) : t('flow.notStartCopied'))
    },
    paste: () => putIn(kept(), line),
    double: () => putIn(pieceOf(workflow, chosen), null),
  }
}

function useActions(editor: Editor<Workflow>, select: (id: string) => void) {
  const t = useT()
  return useMemo(() => {
    const { change } = editor
    return {
      change,
      insert: (line: Line, type: string, conditional: boolean) => {
        let fresh = ''
        change((draft) => {
          fresh = put(draft as Workflow, line, type, conditional, typeWords)
        })
        select(fresh)
      },
      remove: (nodes: string[]) => {
        let gone: string[] = []
        change((draft) => {
          settle(draft as Workflow)
          gone = nodes.flatMap((node) => removeNode(draft as Workflow, node))
        })
        if (gone.length > 0) toast.done(t('flow.removed', { count: gone.length }), editor.undo)
        else toast.done(t('flow.notStart'))
      },
      patch: (node: string, patch: Partial<FlowNode>) =>
        change(
          (draft) => {
            const workflow = draft as Workflow
            const found = workflow.nodes[node]
            if (found === undefined) return
            const before = sizeOf(workflow, node).height
            for (const [key, value] of Object.entries(patch)) {
              if (value === undefined) delete found[key]
              else found[key] = value
            }
            grown(workflow, node, before)
          },
          `${node}:${Object.keys(patch).join()}`,
        ),
      lead: (line: Line, to: string | undefined) =>
        change((draft) => {
          settle(draft as Workflow)
          connect(draft as Workflow, line, to)
        }),
      place: (places: Record<string, [number, number]>) =>
        change((draft) => {
          const workflow = draft as Workflow
          settle(workflow)
          const drawing = workflow.drawing as Record<string, [number, number]>
          const moved = new Set(Object.keys(places))
          for (const [id, place] of Object.entries(places)) drawing[id] = freePlace(workflow, id, place, moved)
        }),
      note: (node: string, words: string) =>
        change((draft) => {
          const { [node]: _before, ...rest } = (draft as Workflow).notes ?? {}
          const notes = words === '' ? rest : { ...rest, [node]: words }
          if (Object.keys(notes).length > 0) draft.notes = notes
          else delete draft.notes
        }, `${node}:note`),
    }
  }, [editor, t, select])
}

/** Everything that can be done to the workflow. */
export function useFlowState(
  app: string,
  form: FormPart,
  draft: AppDraft,
  editor: Editor<Workflow>,
  around: NodeSurroundings,
): Flow {
  const workflow = editor.use((edited) => edited.history.present)
  const choosing = useChosen(workflow)
  const problems = useMemo(() => byNode(draft.problems, `workflows/${workflow.id}`), [draft.problems, workflow.id])
  const advice = useMemo(
    () => draft.advice.filter(({ path }) => within(`workflows/${workflow.id}`, path) !== null),
    [draft.advice, workflow.id],
  )
  const context = useMemo<NodeSurroundings>(
    () => ({
      ...around,
      gatherer: Object.keys(workflow.nodes).find((id) => nodeTypeNamed(workflow.nodes[id]?.type ?? '')?.gathers),
      nodes: Object.entries(workflow.nodes).map(([id, node]) => ({
        id,
        type: node.type,
        label: nodeName(node),
        asks: nodeTypeNamed(node.type)?.asks === true,
      })),
    }),
    [around, workflow.nodes],
  )
  const actions = useActions(editor, choosing.select)
  const pieces = usePieces(workflow, editor, choosing)
  return { app, form, workflow, editor, problems, advice, context, ...choosing, ...actions, ...pieces }
}
