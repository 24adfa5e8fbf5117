/** A record being typed 填写: the form, its local draft, and the buttons that save it. */
import { Button } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import { api } from '@/api/client'
import { useFieldContext } from '@/fields/context'
import type { Values } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { formatTime } from '@/lib/format'
import { useShortcuts } from '@/lib/use-shortcut'
import { ConflictDialog } from '@/ui/record/conflict-dialog'
import { PagedForm } from '@/ui/record/paged-form'
import { Fingers, RecordForm } from '@/ui/record/record-form'
import type { FormShape } from '@/ui/record/shape'
import { useRecordForm } from '@/ui/record/use-record-form'
import type { Source } from './carried'
import { dropDraft, keepDraft, type LocalDraft, readDraft } from './draft'
import { DraftBox, dropKept, freshDraft, useBox } from './draft-box'
import css from './records.module.css'
import type { RecordOut } from './use-records'
import { useSave } from './use-save'

const PAUSE = 500

interface EditorProps {
  shape: FormShape
  record?: RecordOut
  prefill?: Values
  /** The record whose action this new one comes from. */
  source?: Source
  onSaved: (record: RecordOut, more?: boolean) => void
  onCancel: () => void
  /** One record only: no "save and add another". */
  single?: boolean
  /** On a page of its own: step by step, where the form's skin wants it. */
  paged?: boolean
}

/** Keeps what is typed as long as it differs from what is stored. */
function useKeeping(
  shape: FormShape,
  id: string,
  who: string,
  state: ReturnType<typeof useRecordForm>,
  box: string | undefined,
  step: string | undefined,
) {
  const { app, form } = shape
  const latest = useRef(state)
  latest.current = state
  const { values, dirty } = state
  // biome-ignore lint/correctness/useExhaustiveDependencies: typing is what sets the clock
  useEffect(() => {
    if (!dirty) return
    const keep = () => keepDraft(app, form, id, who, { ...latest.current.changes(), box, step })
    const timer = setTimeout(keep, PAUSE)
    window.addEventListener('pagehide', keep)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('pagehide', keep)
    }
  }, [values, dirty, app, form, id, who, box, step])
}

function Offer({ draft, onTake, onDrop }: { draft: LocalDraft; onTake: () => void; onDrop: () => void }) {
  const t = useT()
  return (
    <div className={css.notice} role="status">
      <span className={css.noticeText}>{t('records.draftFound', { time: formatTime(draft.at) })}</span>
      <Button size="small" type="primary" onClick={onTake}>
        {t('records.draftTake')}
      </Button>
      <Button size="small" type="text" onClick={onDrop}>
        {t('records.draftDrop')}
      </Button>
    </div>
  )
}

interface ButtonsProps {
  fresh: boolean
  workflow: boolean
  busy: boolean
  save: (submit: boolean, more?: boolean) => void
  onCancel: () => void
  single?: boolean
}

/** At the foot of a page of its own: send, or put aside. */
function PageButtons({ fresh, workflow, busy, save }: ButtonsProps) {
  const t = useT()
  return (
    <>
      {fresh && workflow ? (
        <Button size="large" disabled={busy} onClick={() => save(false)}>
          {t('records.saveDraft')}
        </Button>
      ) : null}
      <Button type="primary" size="large" loading={busy} onClick={() => save(true)}>
        {t('records.submit')}
      </Button>
    </>
  )
}

function Buttons({ fresh, workflow, busy, save, onCancel, single }: ButtonsProps) {
  const t = useT()
  return (
    <Fingers>
      <div className={css.editorFoot}>
        <Button type="primary" loading={busy} onClick={() => save(true)}>
          {t(fresh && workflow ? 'records.submit' : 'ui.save')}
        </Button>
        {fresh && workflow ? (
          <Button disabled={busy} onClick={() => save(false)}>
            {t('records.saveDraft')}
          </Button>
        ) : null}
        {fresh && !workflow && !single ? (
          <Button disabled={busy} onClick={() => save(true, true)}>
            {t('records.saveAndMore')}
          </Button>
        ) : null}
        <Button type="text" onClick={onCancel}>
          {t('ui.cancel')}
        </Button>
        <span className={css.gap} />
      </div>
    </Fingers>
  )
}

/** One record, new or known. Typing is kept in the browser until it is saved or thrown away. */
export function Editor({ shape, record, prefill, source, onSaved, onCancel, single, paged }: EditorProps) {
  const { me } = useFieldContext()
  const id = record?.id ?? 'new'
  const { app, form } = shape
  const [offer, setOffer] = useState(() => readDraft(app, form, id, me))
  const [draft, setDraft] = useState<LocalDraft | null>(null)
  const [began] = useState(freshDraft)
  const box = record ? undefined : (draft?.box ?? began)
  const take = (kept: { id: string; at: string; values: object; step: string }) =>
    setDraft({ at: kept.at, values: kept.values as Values, before: {}, box: kept.id, step: kept.step || undefined })
  const start = useMemo<Values>(
    () => ({ ...((record?.values ?? {}) as Values), ...prefill, ...draft?.before }),
    [record, prefill, draft],
  )
  return (
    <Typing
      key={draft ? `draft ${draft.box ?? ''}` : 'plain'}
      {...{
        shape,
        record,
        start,
        box,
        typed: draft?.values,
        step: draft?.step,
        source,
        onSaved,
        onCancel,
        single,
        paged,
      }}
      boxed={
        record || single || source || draft ? null : (
          <DraftBox {...{ app, form, onTake: take }} current={offer?.box ?? began} />
        )
      }
      offer={
        offer && !draft ? (
          <Offer
            draft={offer}
            onTake={() => setDraft(offer)}
            onDrop={() => {
              dropDraft(app, form, id, me)
              if (offer.box) dropKept(app, form, offer.box)
              setOffer(null)
            }}
          />
        ) : null
      }
    />
  )
}

interface TypingProps extends Omit<EditorProps, 'prefill'> {
  start: Values
  typed?: Values
  step?: string
  box?: string
  boxed: React.ReactNode
  offer: React.ReactNode
}

function Typing(props: TypingProps) {
  const { shape, record, start, typed, step, source, box, boxed, offer, onSaved, onCancel, single, paged } = props
  const { me } = useFieldContext()
  const { app, form } = shape
  const id = record?.id ?? 'new'
  const writable = record?.writable
  const state = useRecordForm({ shape, start, typed, fresh: !record, writable, titles: record?.titles })
  const [opened] = useState(record)
  const { busy, save, conflicts, settle, unsettle } = useSave({ shape, opened, latest: record, state, source, box })
  const [at, setAt] = useState(step)
  useKeeping(shape, id, me, state, box, at)
  const keeps = box !== undefined && !single && !source
  const stop = useBox({ app, form, draft: box ?? '', step: at }, keeps && state.dirty, state.values, state.all)
  const done = (saved: RecordOut | undefined, more = false) => {
    stop(saved !== undefined)
    if (!saved) return void (state.dirty && keepDraft(app, form, id, me, { ...state.changes(), box, step: at }))
    dropDraft(app, form, id, me)
    onSaved(saved, more)
  }
  const go = async (submit: boolean, more = false) => {
    stop(true)
    done(await save(submit), more)
  }
  useShortcuts({ 'mod+s': () => void go(true), 'mod+enter': () => void go(true) })
  const cancel = () => {
    stop(true)
    if (keeps && state.dirty && box) dropKept(app, form, box)
    dropDraft(app, form, id, me)
    onCancel()
  }
  const buttons = {
    fresh: !record,
    workflow: Boolean(shape.definition.workflow),
    ...{ single, busy, onCancel: cancel },
    save: (submit: boolean, more?: boolean) => void go(submit, more),
  }
  return (
    <div className={paged ? css.pagedEditor : css.editor}>
      <div className={paged ? undefined : css.editorBody}>
        {boxed}
        {offer}
        {paged ? null : <RecordForm state={state} />}
      </div>
      {paged ? (
        <PagedForm
          {...{ state, step }}
          judge={
            record
              ? undefined
              : (values, seen) =>
                  api.post('/api/apps/{app}/forms/{form}/records/judge', {
                    params: { path: { app, form } },
                    body: { values, seen },
                  })
          }
          onStep={setAt}
          onEnd={() => void go(true)}
          send={<PageButtons {...buttons} />}
        />
      ) : (
        <Buttons {...buttons} />
      )}
      {conflicts.length > 0 ? (
        <ConflictDialog
          {...{ shape, conflicts, titles: record?.titles ?? {} }}
          onSettle={async (mine) => done(await settle(mine))}
          onCancel={unsettle}
        />
      ) : null}
    </div>
  )
}
