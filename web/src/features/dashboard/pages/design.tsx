/** The dashboard designer 仪表盘设计器: kinds above, canvas, properties at the right. */
import 'react-grid-layout/css/styles.css'
import { Button, Drawer, Tabs } from 'antd'
import { SlidersHorizontal } from 'lucide-react'
import { useState } from 'react'
import { useT } from '@/i18n/i18n'
import { usePath } from '@/lib/route'
import { useIsPhone } from '@/lib/use-is-phone'
import { useShortcuts } from '@/lib/use-shortcut'
import { type AppDraft, type Editor, useAppDraft, useEditor } from '@/ui/design/draft'
import { type Path, useArrival, useJumpAway } from '@/ui/design/jumping'
import { within } from '@/ui/design/problem-list'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { PageBones } from '@/ui/skeletons'
import type { Dashboard, WidgetKind } from '../definition'
import { BoardPane } from '../design/board-pane'
import { Canvas } from '../design/canvas'
import { DataPane, LostForm } from '../design/data-pane'
import css from '../design/design.module.css'
import { DesignHead } from '../design/design-head'
import { NewDashboard } from '../design/new-dashboard'
import { Palette } from '../design/palette'
import { StylePane } from '../design/style-pane'
import { type Board, useBoard } from '../design/use-board'

function Properties({ board }: { board: Board }) {
  const t = useT()
  const { selected } = board
  if (!selected) return <BoardPane board={board} />
  const shape = board.shapeOf(selected.form)
  const data = shape ? (
    <DataPane key={selected.id} board={board} widget={selected} shape={shape} />
  ) : (
    <LostForm board={board} widget={selected} />
  )
  return (
    <Tabs
      className={css.tabs}
      centered
      items={[
        { key: 'data', label: t('dashboard.dataTab'), children: data },
        { key: 'style', label: t('dashboard.styleTab'), children: <StylePane board={board} widget={selected} /> },
      ]}
    />
  )
}

function useKeys(board: Board, publish: () => void): void {
  const { selected, editor } = board
  useShortcuts({
    'mod+s': publish,
    'mod+z': editor.undo,
    'mod+shift+z': editor.redo,
    'mod+y': editor.redo,
    del: () => selected && board.remove(selected.id),
    escape: () => board.select(''),
  })
  useShortcuts({ 'mod+d': () => selected && board.duplicate(selected.id) }, selected !== undefined)
}

function Screen({ app, draft, editor }: { app: string; draft: AppDraft; editor: Editor<Dashboard> }) {
  const t = useT()
  const phone = useIsPhone()
  const board = useBoard(app, draft, editor)
  const [publishing, setPublishing] = useState(false)
  const [dragged, setDragged] = useState<WidgetKind | ''>('')
  const [sheet, setSheet] = useState(false)
  useKeys(board, () => setPublishing(true))
  const away = useJumpAway(app, draft.parts)
  const jump = (path: Path) => {
    const own = within(`dashboards/${board.board.id}`, path)
    if (own === null && away(path)) return
    const at = own?.[0] === 'widgets' ? own[1] : undefined
    if (typeof at === 'number') board.select(board.board.widgets?.[at]?.id ?? '')
  }
  useArrival(jump)
  return (
    <div className={css.screen}>
      <DesignHead board={board} publishing={publishing} onPublishing={setPublishing} onJump={jump} />
      <Palette onAdd={(kind) => board.add(kind)} onDrag={setDragged} />
      <div className={css.panes}>
        <Canvas board={board} dragged={dragged} />
        {phone ? null : (
          <aside className={css.right} aria-label={t('dashboard.properties')}>
            <Properties board={board} />
          </aside>
        )}
      </div>
      {phone ? (
        <nav className={css.phoneBar}>
          <Button icon={<SlidersHorizontal size={16} aria-hidden />} onClick={() => setSheet(true)}>
            {t('dashboard.properties')}
          </Button>
        </nav>
      ) : null}
      <Drawer
        open={phone && sheet}
        onClose={() => setSheet(false)}
        placement="bottom"
        size="80vh"
        title={t('dashboard.properties')}
        styles={{ body: { padding: 0 } }}
      >
        <Properties board={board} />
      </Drawer>
    </div>
  )
}

/** Loads the draft, then opens its dashboard; `new` asks for a name first. */
export default function DashboardDesignerPage() {
  const t = useT()
  const { app, id } = usePath()
  const { data: draft, error, refetch } = useAppDraft(app)
  const fresh = id === 'new'
  const editor = useEditor<Dashboard>(app, `dashboards/${id}`, fresh ? undefined : draft)
  if (error !== null && draft === undefined) return <ErrorState error={error} onRetry={refetch} />
  if (draft === undefined) return <PageBones />
  if (fresh) return <NewDashboard app={app} draft={draft} />
  if (editor === null) return <EmptyState title={t('dashboard.missing')} hint={t('dashboard.missingHint')} />
  return <Screen key={id} app={app} draft={draft} editor={editor} />
}
