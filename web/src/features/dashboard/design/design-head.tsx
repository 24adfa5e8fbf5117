/** The bar above the dashboard designer 设计器顶栏: back, name, what is saved, undo, publish. */
import { Button } from 'antd'
import { ArrowLeft } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { useGo } from '@/lib/route'
import { ConflictDialog } from '@/ui/design/conflict-dialog'
import shared from '@/ui/design/design.module.css'
import { SaveMark, Steps } from '@/ui/design/design-bar'
import type { Editor } from '@/ui/design/draft'
import { ProblemsButton } from '@/ui/design/problem-list'
import { PublishDialog } from '@/ui/design/publish-dialog'
import { IconButton } from '@/ui/icon-button'
import type { Board } from './use-board'

interface HeadProps {
  board: Board
  publishing: boolean
  onPublishing: (open: boolean) => void
  onJump: (path: (string | number)[]) => void
}

/** As in the form designer. */
export function DesignHead({ board, publishing, onPublishing, onJump }: HeadProps) {
  const t = useT()
  const go = useGo()
  const { app, draft } = board
  const editor = board.editor as unknown as Editor<never>
  return (
    <header className={shared.bar}>
      <IconButton
        icon={ArrowLeft}
        label={t('design.back')}
        onClick={() => go(`/app/${app}/dashboard/${board.board.id}`)}
      />
      <h1 className={shared.barTitle}>{board.board.name}</h1>
      <SaveMark editor={editor} />
      <span className={shared.barEnd}>
        <Steps editor={editor} />
        <ProblemsButton problems={draft.problems} parts={draft.parts} onJump={onJump} />
        <Button type="primary" onClick={() => onPublishing(true)}>
          {t('design.publish')}
        </Button>
      </span>
      <ConflictDialog editor={editor} />
      <PublishDialog
        app={app}
        open={publishing}
        flush={editor.flush}
        onClose={() => onPublishing(false)}
        onJump={onJump}
      />
    </header>
  )
}
