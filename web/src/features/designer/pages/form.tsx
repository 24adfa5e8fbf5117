/** The form designer 表单设计器: palette, canvas, properties. */
import { Button, Drawer, Tabs } from 'antd'
import { Eye, Plus, SlidersHorizontal } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useT } from '@/i18n/i18n'
import { usePath } from '@/lib/route'
import { useIsPhone } from '@/lib/use-is-phone'
import { DesignBar } from '@/ui/design/design-bar'
import { type AppDraft, type Editor, useAppDraft, useEditor } from '@/ui/design/draft'
import { type Path, useArrival, useJumpAway } from '@/ui/design/jumping'
import { ProblemsButton, within } from '@/ui/design/problem-list'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { IconButton } from '@/ui/icon-button'
import { PageBones } from '@/ui/skeletons'
import { Canvas } from '../canvas'
import type { Form } from '../definition'
import css from '../designer.module.css'
import { FieldPane } from '../field-pane'
import { FormPane } from '../form-pane'
import { CopyForm } from '../more/copy-form'
import { RetypeReports } from '../more/retype-report'
import { Retypings } from '../more/retypings'
import { Palette } from '../palette'
import { Preview } from '../preview'
import { DraftSurroundings } from '../surroundings'
import { DesignerProvider, LatestProvider, useDesignerState } from '../use-designer'
import { useKeys } from '../use-keys'

interface Panes {
  tab: string
  open: string[]
}

/** Where a problem's path leads: the field it is about, or the panel of the form. */
function placeOf(form: Form, path: Path): { field?: string; panel?: string } {
  const [room, at, inner, column] = path
  if (room === 'fields' && typeof at === 'number') {
    const field = form.fields?.[at]
    const below = inner === 'fields' && typeof column === 'number' ? field : undefined
    const nested = (below as { fields?: { id: string }[] } | undefined)?.fields?.[Number(column)]
    return { field: nested === undefined ? field?.id : `${field?.id}.${nested.id}` }
  }
  const panels = [
    'sections',
    'rules',
    'checks',
    'uniques',
    'after',
    'skin',
    'selections',
    'actions',
    'groups',
    'events',
    'recognitions',
  ]
  return { panel: panels.includes(String(room)) ? String(room) : 'basics' }
}

function Screen({ app, draft, editor }: { app: string; draft: AppDraft; editor: Editor<Form> }) {
  const t = useT()
  const phone = useIsPhone()
  const designer = useDesignerState(app, editor)
  const [publishing, setPublishing] = useState(false)
  const [previewing, setPreviewing] = useState(false)
  const [sheet, setSheet] = useState<'' | 'palette' | 'properties'>('')
  const [panes, setPanes] = useState<Panes>({ tab: 'field', open: ['basics'] })
  const { form, selection, select } = designer
  const latest = useRef(designer)
  latest.current = designer
  const chosen = selection.join()
  const right = useRef<HTMLElement>(null)
  useEffect(() => {
    setPanes((before) => ({ ...before, tab: chosen === '' ? 'form' : 'field' }))
    right.current?.scrollTo({ top: 0 })
  }, [chosen])
  useKeys(designer, () => setPublishing(true))

  const away = useJumpAway(app, draft.parts)
  const jump = (path: Path) => {
    const own = within(`forms/${form.id}`, path)
    if (own === null && away(path)) return
    const { field, panel } = placeOf(form, own ?? [])
    if (field !== undefined) select(field)
    else setPanes({ tab: 'form', open: [panel ?? 'basics'] })
    if (phone) setSheet('properties')
  }
  useArrival(jump)
  const properties = (
    <Tabs
      className={css.tabs}
      centered
      activeKey={panes.tab}
      onChange={(tab) => setPanes({ ...panes, tab })}
      items={[
        { key: 'field', label: t('designer.fieldTab'), children: <FieldPane /> },
        {
          key: 'form',
          label: t('designer.formTab'),
          children: <FormPane open={panes.open} onOpen={(open) => setPanes({ ...panes, open })} />,
        },
      ]}
    />
  )
  const close = () => setSheet('')
  const sheetStyles = { body: { padding: 0 } }
  return (
    <DesignerProvider value={designer}>
      <LatestProvider value={latest}>
        <DraftSurroundings draft={draft} form={form.id}>
          <div className={css.screen}>
            <DesignBar
              app={app}
              form={form.id}
              tab="form"
              title={form.name}
              back={designer.published.size === 0 ? `/app/${app}` : undefined}
              editor={editor as unknown as Editor<never>}
              publishing={publishing}
              onPublishing={setPublishing}
              onJump={jump}
              report={<RetypeReports app={app} form={form.id} />}
            >
              <Retypings app={app} form={form.id} />
              <ProblemsButton problems={draft.problems} parts={draft.parts} onJump={jump} />
              <CopyForm app={app} before={() => editor.flush()} />
              <IconButton icon={Eye} label={t('design.preview')} onClick={() => setPreviewing(true)} />
            </DesignBar>
            <div className={css.panes}>
              {phone ? null : (
                <aside className={css.left} aria-label={t('designer.palette')}>
                  <Palette />
                </aside>
              )}
              <Canvas />
              {phone ? null : (
                <aside ref={right} className={css.right} aria-label={t('designer.properties')}>
                  {properties}
                </aside>
              )}
            </div>
            {phone ? (
              <nav className={css.phoneBar}>
                <Button icon={<Plus size={16} aria-hidden />} onClick={() => setSheet('palette')}>
                  {t('designer.addField')}
                </Button>
                <Button icon={<SlidersHorizontal size={16} aria-hidden />} onClick={() => setSheet('properties')}>
                  {t('designer.properties')}
                </Button>
              </nav>
            ) : null}
            <Drawer
              open={sheet === 'palette'}
              onClose={close}
              placement="bottom"
              size="70vh"
              title={t('designer.addField')}
            >
              <Palette onAdded={close} />
            </Drawer>
            <Drawer
              open={sheet === 'properties'}
              onClose={close}
              placement="bottom"
              size="80vh"
              title={t('designer.properties')}
              styles={sheetStyles}
            >
              {properties}
            </Drawer>
            <Preview open={previewing} onClose={() => setPreviewing(false)} />
          </div>
        </DraftSurroundings>
      </LatestProvider>
    </DesignerProvider>
  )
}

/** Loads the draft, then opens its form. */
export default function FormDesignerPage() {
  const t = useT()
  const { app, form } = usePath()
  const { data: draft, error, refetch } = useAppDraft(app)
  const editor = useEditor<Form>(app, `forms/${form}`, draft)
  if (error !== null && draft === undefined) return <ErrorState error={error} onRetry={refetch} />
  if (draft === undefined) return <PageBones />
  if (editor === null) return <EmptyState title={t('designer.missing')} hint={t('designer.missingHint')} />
  return <Screen key={form} app={app} draft={draft} editor={editor} />
}
