/** What an event is doing, beneath the field that set it off 前端事件提示. */
import { Spin } from 'antd'
import { useT } from '@/i18n/i18n'
import css from './event-note.module.css'
import type { EventNote as Note } from './use-events'

/** Under way, done with a way back, or failed with another try; the clerk can always go on by hand. */
export function EventNote({ note }: { note: Note | undefined }) {
  const t = useT()
  if (note === undefined) return null
  return (
    <div className={css.note} data-state={note.state} role={note.state === 'failed' ? 'alert' : 'status'}>
      {note.state === 'busy' ? <Spin size="small" /> : null}
      <span>{note.text}</span>
      {note.again ? (
        <button type="button" onClick={note.again}>
          {t('record.eventAgain')}
        </button>
      ) : null}
      {note.undo ? (
        <button type="button" onClick={note.undo}>
          {t('record.eventUndo')}
        </button>
      ) : null}
    </div>
  )
}
