/** The workflow designer 流程设计器: canvas and properties. */
import { ReactFlowProvider } from '@xyflow/react'
import { Drawer, Tabs } from 'antd'
import { SlidersHorizontal } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useT } from '@/i18n/i18n'
import { usePath } from '@/lib/route'
import { useIsPhone } from '@/lib/use-is-phone'
import type { Workflow } from '@/nodes/drawing/definition'
import { draw } from '@/nodes/drawing/tidy'
import { DesignBar } from '@/ui/design/design-bar'
import { type AppDraft, type Editor, useAppDraft, useEditor } from '@/ui/design/draft'
import { type Path, useArrival, useJumpAway } from '@/ui/design/jumping'
import { ProblemsButton, within } from '@/ui/design/problem-list'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { IconButton } from '@/ui/icon-button'
import { PageBones } from '@/ui/skeletons'
import { FlowCanvas } from '../canvas'
import { CreateFlow } from '../create-flow'
import css from '../flow.module.css'
import { nextTo, type Way } from '../neighbours'
import { clearOverlay } from '../overlay'
import { FlowPane, LinePane, NodePane, SeveralPane } from '../panes'
import { ProofMenu, ProofRoom } from '../proofs/proof-room'
import { useTool } from '../proofs/tool'
import { type Flow, FlowProvider, type FormPart, SurroundingsProvider, useAround, useFlowState } from '../use-flow'
import { useKeys } from '../use-keys'

/** How far Alt and an arrow move what is chosen. */
const NUDGE = 20

interface ScreenProps {
  app: string
  draft: AppDraft
  form: FormPart
  editor: Editor<Workflow>
}

/** Where the arrow keys lead, and what the other keys do. */
function useFlowKeys(
  flow: Flow,
  editor: Editor<Workflow>,
  ways: { publish: () => void; find: () => void; edit: () => void },
) {
  const { workflow, chosen, selected, select, choose, remove, lead, line, place } = flow
  const go = (way: Way) => () => {
    const next = nextTo(draw(workflow).places, selected || chosen.at(-1) || workflow.start, way)
    select(chosen.length === 0 ? workflow.start : (next ?? selected))
  }
  const move = (x: number, y: number) => () => {
    const { places } = draw(workflow)
    const moved = chosen.map((id): [string, [number, number]] => [
      id,
      [(places[id]?.x ?? 0) + x, (places[id]?.y ?? 0) + y],
    ])
    if (moved.length > 0) place(Object.fromEntries(moved))
  }
  const erase = () => {
    if (chosen.length > 0) remove(chosen)
    else if (line !== null) lead(line, undefined)
  }
  useKeys({
    anywhere: {
      'mod+s': ways.publish,
      'mod+z': editor.undo,
      'mod+shift+z': editor.redo,
      'mod+y': editor.redo,
      'mod+f': ways.find,
    },
    outside: {
      delete: erase,
      backspace: erase,
      escape: () => {
        choose([])
        clearOverlay()
      },
      enter: selected === '' ? undefined : ways.edit,
      arrowup: go('up'),
      arrowdown: go('down'),
      arrowleft: go('left'),
      arrowright: go('right'),
      'alt+arrowup': move(0, -NUDGE),
      'alt+arrowdown': move(0, NUDGE),
      'alt+arrowleft': move(-NUDGE, 0),
      'alt+arrowright': move(NUDGE, 0),
      'mod+a': () => choose(Object.keys(workflow.nodes)),
      'mod+c': chosen.length > 0 ? flow.copy : undefined,
      'mod+v': flow.paste,
      'mod+d': flow.double,
    },
  })
}

function Screen({ app, draft, form, editor }: ScreenProps) {
  const t = useT()
  const phone = useIsPhone()
  const around = useAround(app, form)
  const flow = useFlowState(app, form, draft, editor, around)
  const [publishing, setPublishing] = useState(false)
  const [finding, setFinding] = useState(false)
  const [showsProblems, setShowsProblems] = useState(false)
  const [tab, setTab] = useState('flow')
  const [sheet, setSheet] = useState(false)
  const [tool, setTool] = useTool()
  const { chosen, selected, select, line, workflow } = flow
  useEffect(() => {
    setTab(chosen.length > 0 || line !== null ? 'node' : 'flow')
  }, [chosen, line])
  useFlowKeys(flow, editor, {
    publish: () => setPublishing(true),
    find: () => setFinding(true),
    edit: () => {
      setSheet(phone)
      setTab('node')
      document.querySelector<HTMLElement>(`.${css.pane} input`)?.focus()
    },
  })
  const away = useJumpAway(app, draft.parts)
  const jump = (path: Path) => {
    const own = within(`workflows/${workflow.id}`, path)
    if (own === null && away(path)) return
    select(own?.[0] === 'nodes' ? String(own[1]) : '')
    if (own !== null) setShowsProblems(true)
    if (phone) setSheet(true)
  }
  useArrival(jump)
  const properties = (
    <Tabs
      className={css.tabs}
      centered
      activeKey={tab}
      onChange={setTab}
      items={[
        {
          key: 'node',
          label: t('flow.nodeTab'),
          children:
            line !== null && selected === '' ? (
              <LinePane line={line} />
            ) : chosen.length > 1 ? (
              <SeveralPane />
            ) : (
              <NodePane />
            ),
        },
        { key: 'flow', label: t('flow.flowTab'), children: <FlowPane /> },
      ]}
    />
  )
  return (
    <SurroundingsProvider value={around}>
      <FlowProvider value={flow}>
        <div className={css.screen}>
          <DesignBar
            app={app}
            form={form.id}
            tab="flow"
            title={form.name}
            editor={editor as unknown as Editor<never>}
            publishing={publishing}
            onPublishing={setPublishing}
            onJump={jump}
          >
            <ProblemsButton problems={draft.problems} parts={draft.parts} onJump={jump} />
            <ProofMenu app={app} form={form.id} onTool={setTool} />
            {phone ? (
              <IconButton icon={SlidersHorizontal} label={t('flow.properties')} onClick={() => setSheet(true)} />
            ) : null}
          </DesignBar>
          <div className={css.panes} data-tool={tool}>
            <ReactFlowProvider>
              <FlowCanvas
                {...{ finding, showsProblems }}
                onFinding={setFinding}
                onProblems={setShowsProblems}
                onOpen={() => setSheet(phone)}
              />
            </ReactFlowProvider>
            {tool === undefined ? null : (
              <aside className={css.right}>
                <ProofRoom tool={tool} draft={draft} onTool={setTool} />
              </aside>
            )}
            {phone || tool !== undefined ? null : (
              <aside className={css.right} aria-label={t('flow.properties')}>
                {properties}
              </aside>
            )}
          </div>
          <Drawer
            open={phone && sheet}
            onClose={() => setSheet(false)}
            placement="bottom"
            size="72vh"
            title={t('flow.properties')}
            styles={{ body: { padding: 0 } }}
          >
            {properties}
          </Drawer>
        </div>
      </FlowProvider>
    </SurroundingsProvider>
  )
}

/** Loads the draft, then opens the form's workflow, or offers to create one. */
export default function FlowDesignerPage() {
  const t = useT()
  const { app, form: id } = usePath()
  const { data: draft, error, refetch } = useAppDraft(app)
  const form = draft?.parts[`forms/${id}`] as unknown as FormPart | undefined
  const editor = useEditor<Workflow>(app, `workflows/${form?.workflow ?? ''}`, draft)
  const [publishing, setPublishing] = useState(false)
  if (error !== null && draft === undefined) return <ErrorState error={error} onRetry={refetch} />
  if (draft === undefined) return <PageBones />
  if (form === undefined) return <EmptyState title={t('flow.missing')} />
  if (editor !== null) return <Screen key={form.workflow} app={app} draft={draft} form={form} editor={editor} />
  return (
    <div className={css.screen}>
      <DesignBar
        app={app}
        form={id}
        tab="flow"
        title={form.name}
        editor={null}
        publishing={publishing}
        onPublishing={setPublishing}
        onJump={() => undefined}
      />
      <CreateFlow app={app} draft={draft} form={form} />
    </div>
  )
}
