/** Picks records of another form and copies some of their fields 选择数据: many into rows, or one into this record. */
import { Button, Checkbox, Input, Modal, Radio } from 'antd'
import { ListChecks, Search } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { type SourcePage, useFieldContext } from '@/fields/context'
import type { Json, Values } from '@/fields/field'
import { newRowId } from '@/fields/parts/rows'
import { typeNamed } from '@/fields/registry'
import { useT } from '@/i18n/i18n'
import { EmptyState } from '../empty-state'
import { RowBones } from '../skeletons'
import css from './record.module.css'
import type { Selection } from './shape'
import type { RecordFormState } from './use-record-form'

const Recognising = lazy(() => import('./recognising').then((module) => ({ default: module.Recognising })))

type Picked = SourcePage['records'][number]
const PAUSE = 250

/** What picking these records puts into the form: rows behind those that are there, or fields of the record. */
export function copied(selection: Selection, picked: Picked[], values: Values): Values {
  const fill = Object.entries(selection.fill ?? {})
  const taken = picked.map((record) => Object.fromEntries(fill.map(([to, from]) => [to, record.values[from] ?? null])))
  if (!selection.into) return taken[0] ?? {}
  const rows = Array.isArray(values[selection.into]) ? (values[selection.into] as Json[]) : []
  return { [selection.into]: [...rows, ...taken.map((row) => ({ ...row, id: newRowId() }))] }
}

function usePage(id: string, values: Values, search: string) {
  const { source } = useFieldContext()
  const [page, setPage] = useState<SourcePage | null>(null)
  const [problem, setProblem] = useState('')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the record stands still while the dialog is open
  useEffect(() => {
    let late = false
    const timer = setTimeout(() => {
      source?.(id, values, { search })
        .then((next) => {
          if (!late) setPage(next)
        })
        .catch((error: Error) => {
          if (!late) setProblem(error.message)
        })
    }, PAUSE)
    return () => {
      late = true
      clearTimeout(timer)
    }
  }, [source, id, search])
  const more = async () => {
    const next = page && (await source?.(id, values, { search, after: page.next }))
    if (!page || !next) return
    setPage({ ...next, records: [...page.records, ...next.records], titles: { ...page.titles, ...next.titles } })
  }
  return { page, problem, more }
}

interface OfferedProps {
  page: SourcePage
  many: boolean
  chosen: Picked[]
  onChoose: (chosen: Picked[]) => void
}

function Offered({ page, many, chosen, onChoose }: OfferedProps) {
  const has = (record: Picked) => chosen.some(({ id }) => id === record.id)
  const flip = (record: Picked) => {
    if (!many) onChoose([record])
    else onChoose(has(record) ? chosen.filter(({ id }) => id !== record.id) : [...chosen, record])
  }
  const Box = many ? Checkbox : Radio
  return (
    <table className={css.offered}>
      <thead>
        <tr>
          <th aria-hidden />
          {page.fields.map(({ id, type, label }) => (
            <th key={id} style={{ textAlign: typeNamed(type)?.align }}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {page.records.map((record) => (
          <tr key={record.id} onClick={() => flip(record)} data-chosen={has(record)}>
            <td>
              {/* a click on it, or a space, reaches the row, which flips it */}
              <Box checked={has(record)} aria-label={record.title} />
            </td>
            {page.fields.map((field) => {
              const Cell = typeNamed(field.type)?.Cell
              const around = { id: record.id, values: record.values, titles: page.titles }
              return (
                <td key={field.id} style={{ textAlign: typeNamed(field.type)?.align }}>
                  {Cell ? <Cell field={field} value={record.values[field.id] ?? null} record={around} /> : null}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface PickerProps {
  selection: Selection
  values: Values
  onTake: (picked: Picked[]) => void
  onClose: () => void
}

function Picker({ selection, values, onTake, onClose }: PickerProps) {
  const t = useT()
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState<Picked[]>([])
  const { page, problem, more } = usePage(selection.id, values, search)
  return (
    <Modal
      open
      width={760}
      title={selection.label}
      okText={selection.into ? t('record.takeRows', { count: chosen.length }) : t('record.takeOne')}
      okButtonProps={{ disabled: chosen.length === 0 }}
      cancelText={t('ui.cancel')}
      onOk={() => onTake(chosen)}
      onCancel={onClose}
    >
      <Input
        allowClear
        autoFocus
        value={search}
        prefix={<Search size={14} aria-hidden />}
        placeholder={t('ui.search')}
        aria-label={t('ui.search')}
        onChange={(event) => setSearch(event.target.value)}
      />
      <div className={css.offeredBox}>
        {problem ? <p className={css.problem}>{problem}</p> : null}
        {page === null && !problem ? <RowBones rows={5} /> : null}
        {page?.records.length === 0 ? <EmptyState small figure="fish" title={t('record.nothingOffered')} /> : null}
        {page && page.records.length > 0 ? (
          <Offered {...{ page, chosen }} many={Boolean(selection.into)} onChoose={setChosen} />
        ) : null}
        {page?.next ? (
          <Button type="text" size="small" onClick={() => void more()}>
            {t('ui.more')}
          </Button>
        ) : null}
      </div>
    </Modal>
  )
}

/** A button for each selection whose target may be written. */
export function Selecting({ state }: { state: RecordFormState }) {
  const { source } = useFieldContext()
  const [open, setOpen] = useState<Selection | null>(null)
  const { shape, values, set } = state
  const fields = shape.definition.fields ?? []
  const may = (selection: Selection) => {
    const targets = selection.into ? [selection.into] : Object.keys(selection.fill ?? {})
    return targets.every((id) => fields.some((field) => field.id === id && state.writable(field)))
  }
  const offered = source ? (shape.definition.selections ?? []).filter(may) : []
  const reads = (shape.definition.recognitions ?? []).length > 0
  if (offered.length === 0 && !reads) return null
  return (
    <div className={css.selecting}>
      {reads ? (
        <Suspense>
          <Recognising state={state} />
        </Suspense>
      ) : null}
      {offered.map((selection) => (
        <Button key={selection.id} icon={<ListChecks size={14} aria-hidden />} onClick={() => setOpen(selection)}>
          {selection.label}
        </Button>
      ))}
      {open ? (
        <Picker
          selection={open}
          values={values}
          onClose={() => setOpen(null)}
          onTake={(picked) => {
            set(copied(open, picked, values))
            setOpen(null)
          }}
        />
      ) : null}
    </div>
  )
}
