/** New records that wait on the server 草稿箱: kept while one types, taken up again on any device. */
import { Button, Popover } from 'antd'
import { Archive, Trash2 } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { api } from '@/api/client'
import { renew, useApi } from '@/api/query'
import type { components } from '@/api/schema'
import type { Values } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { formatTime } from '@/lib/format'
import { IconButton } from '@/ui/icon-button'
import { toast } from '@/ui/toast'
import css from './records.module.css'

type Kept = components['schemas']['KeptOut']

const PATH = '/api/apps/{app}/forms/{form}/drafts'
const ONE = '/api/apps/{app}/forms/{form}/drafts/{draft}'
const PAUSE = 2_500

/** An id for a draft that begins. */
export function freshDraft(): string {
  return crypto.randomUUID?.() ?? `draft-${Date.now()}-${Math.floor(performance.now())}`
}

/** Forgets a draft on the server; after a lost connection it stays there until it is old. */
export function dropKept(app: string, form: string, draft: string): void {
  const forget = api.delete(ONE, { params: { path: { app, form, draft } } })
  void forget.then(
    () => renew(PATH),
    () => undefined,
  )
}

/** Keeps on the server what is typed into a new record, a while after the last key; `stop(true)` before it is sent. */
export function useBox(
  { app, form, draft, step }: { app: string; form: string; draft: string; step?: string },
  on: boolean,
  values: Values,
  all: () => Values,
) {
  const stopped = useRef(false)
  const read = useRef(all)
  read.current = all
  // biome-ignore lint/correctness/useExhaustiveDependencies: typing is what sets the clock
  useEffect(() => {
    if (!on) return
    const keep = () => {
      if (stopped.current) return
      const asked = { params: { path: { app, form, draft } }, body: { values: read.current(), step: step ?? '' } }
      void api.put(ONE, asked as never).catch(() => undefined)
    }
    const timer = setTimeout(keep, PAUSE)
    return () => clearTimeout(timer)
  }, [values, on, app, form, draft, step])
  return useCallback((yes: boolean) => {
    stopped.current = yes
  }, [])
}

interface BoxProps {
  app: string
  form: string
  /** The draft being typed: it is not offered. */
  current: string
  onTake: (draft: Kept) => void
}

/** A button with the number of drafts; nothing when there are none. */
export function DraftBox({ app, form, current, onTake }: BoxProps) {
  const t = useT()
  const [open, setOpen] = useState(false)
  const { data = [] } = useApi(PATH, { params: { path: { app, form } } })
  const drafts = data.filter(({ id }) => id !== current)
  if (drafts.length === 0) return null
  const drop = async (draft: string) => {
    try {
      await api.delete(ONE, { params: { path: { app, form, draft } } })
      await renew(PATH)
    } catch (error) {
      toast.error(error)
    }
  }
  const take = (draft: Kept) => {
    setOpen(false)
    onTake(draft)
  }
  const list = (
    <ul className={css.drafts} aria-label={t('records.draftBox')}>
      {drafts.map((draft) => (
        <li key={draft.id}>
          <button type="button" onClick={() => take(draft)}>
            <span>{draft.title || t('records.draftUntitled')}</span>
            <span className={css.draftTime}>{formatTime(draft.at)}</span>
          </button>
          <IconButton icon={Trash2} iconSize={14} label={t('records.draftDrop')} onClick={() => void drop(draft.id)} />
        </li>
      ))}
    </ul>
  )
  return (
    <Popover trigger="click" placement="bottomLeft" open={open} onOpenChange={setOpen} content={list}>
      <Button className={css.draftButton} size="small" icon={<Archive size={14} aria-hidden />}>
        {t('records.draftBox')} {drafts.length}
      </Button>
    </Popover>
  )
}
