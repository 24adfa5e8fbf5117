/** The workflow designer 流程设计器: canvas and properties. */
import { ReactFlowProvider } from '@xyflow/react'
import { Drawer, Tabs } from 'antd'
import { SlidersHorizontal } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useT } from '@/i18n/i18n'
import { usePath } from '@/lib/route'
import { useIsPhone } from '@/lib/use-is-phone'
import { DesignBar } from '@/ui/design/design-bar'
import { type AppDraft, type Editor, useAppDraft, useEditor } from '@/ui/design/draft'
import { ProblemsButton, within } from '@/ui/design/problem-list'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { IconButton } from '@/ui/icon-button'
import { PageBones } from '@/ui/skeletons'
import { FlowCanvas } from '../canvas'
import { CreateFlow } from '../create-flow'
import type { Line, Workflow } from '../definition'
import css from '../flow.module.css'
import { FlowPane, LinePane, NodePane } from '../panes'
import { FlowProvider, type FormPart, useFlowState } from '../use-flow'
import { useKeys } from '../use-keys'

type Path = (string | number)[]

interface ScreenProps {
  app: string
  draft: AppDraft
  form: FormPart
  editor: Editor<Workflow>
}

function Screen({ app, draft, form, editor }: ScreenProps) {
  const t = useT()
  const phone = useIsPhone()
  const flow = useFlowState(app, form, draft, editor)
  const [publishing, setPublishing] = useState(false)
  const [line, setLine] = useState<Line | null>(null)
  const [tab, setTab] = useState('flow')
  const [sheet, setSheet] = useState(false)
  const { selected, select, remove, lead, workflow } = flow
  useEffect(() => {
    setTab(selected !== '' || line !== null ? 'node' : 'flow')
  }, [selected, line])
  useKeys({
    publish: () => setPublishing(true),
    undo: editor.undo,
    redo: editor.redo,
    remove: () => {
      if (selected !== '') remove(selected)
      else if (line !== null) lead(line, undefined)
    },
    clear: () => {
      select('')
      setLine(null)
    },
  })
  const jump = (path: Path) => {
    const own = within(`workflows/${workflow.id}`, path)
    setLine(null)
    select(own?.[0] === 'nodes' ? String(own[1]) : '')
    if (phone) setSheet(true)
  }
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
          children: line !== null && selected === '' ? <LinePane line={line} /> : <NodePane />,
        },
        { key: 'flow', label: t('flow.flowTab'), children: <FlowPane /> },
      ]}
    />
  )
  return (
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
          {phone ? (
            <IconButton icon={SlidersHorizontal} label={t('flow.properties')} onClick={() => setSheet(true)} />
          ) : null}
        </DesignBar>
        <div className={css.panes}>
          <ReactFlowProvider>
            <FlowCanvas line={line} onLine={setLine} onOpen={() => setSheet(phone)} />
          </ReactFlowProvider>
          {phone ? null : (
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
