/** The bar above a designer 设计器顶栏: where we are, what is saved, undo, publish. */
import { Button, Segmented } from 'antd'
import { ArrowLeft, CircleAlert, CircleCheck, LoaderCircle, Redo2, Undo2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useT } from '@/i18n/i18n'
import { formatTime } from '@/lib/format'
import { canUndo } from '@/lib/history'
import { useGo } from '@/lib/route'
import { IconButton } from '@/ui/icon-button'
import { ConflictDialog } from './conflict-dialog'
import css from './design.module.css'
import type { Editor } from './draft'
import { PublishDialog } from './publish-dialog'

interface DesignBarProps {
  app: string
  form: string
  tab: 'form' | 'flow' | 'share'
  title: ReactNode
  /** Where the arrow leads, when the form has no list yet. */
  back?: string
  editor: Editor<never> | null
  /** More buttons before "publish". */
  children?: ReactNode
  publishing?: boolean
  onPublishing?: (open: boolean) => void
  onJump?: (path: (string | number)[]) => void
  /** More of what publishing does, below its impacts. */
  report?: ReactNode
}

const ICONS = {
  saved: CircleCheck,
  waiting: LoaderCircle,
  saving: LoaderCircle,
  failed: CircleAlert,
  conflict: CircleAlert,
}

/** Says what became of the draft. */
export function SaveMark({ editor }: { editor: Editor<never> }) {
  const t = useT()
  const state = editor.use((edited) => edited.state)
  const savedAt = editor.use((edited) => edited.savedAt)
  const failure = editor.use((edited) => edited.failure)
  const time = savedAt === null ? '' : formatTime(new Date(savedAt)).slice(11)
  const text = state === 'saved' ? t(time ? 'design.saved' : 'design.upToDate', { time }) : t(`design.${state}`)
  const Icon = ICONS[state]
  return (
    <span className={css.saveMark} data-state={state} role="status" title={failure || undefined}>
      <Icon size={14} aria-hidden />
      <span className={css.saveText}>{text}</span>
      {state === 'failed' ? (
        <Button size="small" type="link" onClick={() => void editor.flush()}>
          {t('design.retry')}
        </Button>
      ) : null}
    </span>
  )
}

/** Undo and redo. */
export function Steps({ editor }: { editor: Editor<never> }) {
  const t = useT()
  const undoable = editor.use((edited) => canUndo(edited.history))
  const future = editor.use((edited) => edited.history.future.length)
  return (
    <>
      <IconButton icon={Undo2} label={t('design.undo')} disabled={!undoable} onClick={editor.undo} />
      <IconButton icon={Redo2} label={t('design.redo')} disabled={future === 0} onClick={editor.redo} />
    </>
  )
}

/** Back, name, tabs, state, undo and redo, publish. */
export function DesignBar(props: DesignBarProps) {
  const { app, form, tab, title, editor, children, publishing = false, onPublishing, onJump, back, report } = props
  const t = useT()
  const go = useGo()
  const tabs = [
    { value: 'form', label: t('design.formDesign') },
    { value: 'flow', label: t('design.flowDesign') },
    { value: 'share', label: t('design.sharing') },
    { value: 'versions', label: t('design.versions') },
  ]
  const open = (next: string) =>
    next === 'versions' ? go(`/app/${app}/versions`, { form }) : go(`/app/${app}/design/${next}/${form}`)
  return (
    <header className={css.bar}>
      <IconButton icon={ArrowLeft} label={t('design.back')} onClick={() => go(back ?? `/app/${app}/form/${form}`)} />
      <h1 className={css.barTitle}>{title}</h1>
      <Segmented className={css.barTabs} options={tabs} value={tab} onChange={open} />
      {editor === null ? null : <SaveMark editor={editor} />}
      <span className={css.barEnd}>
        {editor === null ? null : <Steps editor={editor} />}
        {children}
        {tab === 'share' ? null : (
          <Button type="primary" disabled={editor === null} onClick={() => onPublishing?.(true)}>
            {t('design.publish')}
          </Button>
        )}
      </span>
      {editor === null ? null : <ConflictDialog editor={editor} />}
      {editor === null ? null : (
        <PublishDialog
          app={app}
          open={publishing}
          flush={editor.flush}
          onClose={() => onPublishing?.(false)}
          onJump={(path) => onJump?.(path)}
          report={report}
        />
      )}
    </header>
  )
}
