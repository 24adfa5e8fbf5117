/** Picking records of another form 选取关联数据: what both kinds of pointer share. */
import { Button, Select } from 'antd'
import { Plus } from 'lucide-react'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import { type Option, useFieldContext } from '@/fields/context'
import type { CellProps, Field, FilterInputProps, InputProps, Json, Values } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { toast } from '@/ui/toast'
import { idsOf } from './choosing'
import { Cut } from './cut'
import { driversOf } from './drivers'
import css from './fields.module.css'

export interface PointerShape {
  form?: string
  show?: string[]
  on_delete?: 'block' | 'clear' | 'cascade'
  filter?: Json
  sort?: { field: string; descending?: boolean }[]
}

const PAUSE = 250
/** In a narrow column the choices still have room for a title and what is under it. */
const POPUP = 300
/** As many are asked for at once as the server answers for. */
const MOST_IDS = 200

/** The records that answer what is typed, and those that are held. */
export function useFound(field: string, held: string[], values?: Values) {
  const { options } = useFieldContext()
  const [found, setFound] = useState<Option[]>([])
  const [known, setKnown] = useState<Option[]>([])
  const [busy, setBusy] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const asked = useRef(0)
  const missing = held
    .filter((id) => !id.startsWith('@') && !known.some((each) => each.id === id))
    .slice(0, MOST_IDS)
    .join(',')
  useEffect(() => {
    if (missing === '') return
    options(field, { ids: missing.split(',') })
      .then((more) => setKnown((before) => [...before, ...more]))
      .catch(() => undefined)
  }, [missing, field, options])
  const search = (text: string, pause = PAUSE) => {
    clearTimeout(timer.current)
    asked.current += 1
    const turn = asked.current
    setBusy(true)
    timer.current = setTimeout(async () => {
      try {
        const next = await options(field, { search: text, limit: 20, ...(values ? { values } : {}) })
        if (turn === asked.current) setFound(next)
      } catch (error) {
        toast.error(error)
      } finally {
        if (turn === asked.current) setBusy(false)
      }
    }, pause)
  }
  const learn = (option: Option) => setKnown((before) => [...before, option])
  const all = [...found, ...known.filter((each) => !found.some((other) => other.id === each.id))]
  return { found, known, all, busy, search, learn }
}

/** What a filter that speaks of the record's own fields has to be told. */
function driving(field: PointerShape, values: Values | undefined): Values | undefined {
  const names = driversOf(field)
  return names.length > 0 && values ? Object.fromEntries(names.map((name) => [name, values[name] ?? null])) : undefined
}

const shownOption = ({ title, subtitle }: Option) => (
  <span className={css.twoLines}>
    <Cut text={title} />
    {subtitle ? <span className={`${css.small} ${css.cut}`}>{subtitle}</span> : null}
  </span>
)

/** Makes a record in place and takes it; undefined where nobody may. */
function useCreate(field: Field & PointerShape, typed: string, take: (option: Option) => void) {
  const { createRecord, forms, options } = useFieldContext()
  if (!createRecord || !forms.find((each) => each.id === field.form)?.can_create) return undefined
  return async () => {
    const made = await createRecord(field.form ?? '', typed)
    if (!made) return
    const [full] = await options(field.id, { ids: [made.id] }).catch(() => [])
    take(full ?? made)
  }
}

function CreateButton({ typed, onClick }: { typed: string; onClick: () => void }) {
  const t = useT()
  return (
    <Button
      type="text"
      block
      icon={<Plus size={14} />}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onClick}
    >
      {typed ? t('fields.createNamed', { name: typed }) : t('fields.createRecord')}
    </Button>
  )
}

type Parts = Pick<InputProps<PointerShape>, 'values' | 'disabled' | 'readOnly' | 'status' | 'describedBy' | 'id'>
interface PickProps extends Parts {
  field: Field & PointerShape
  ids: string[]
  onTake: (option: Option) => void
}

/** What a select of records is told, whether it takes one or several. */
export function usePicking({ field, ids, values, onTake, id, disabled, readOnly, status, describedBy }: PickProps) {
  const t = useT()
  const { found, all, busy, search, learn } = useFound(field.id, ids, driving(field, values))
  const [typed, setTyped] = useState('')
  const [open, setOpen] = useState(false)
  const take = (option: Option) => {
    learn(option)
    onTake(option)
  }
  const create = useCreate(field, typed, take)
  const nameOf = (one: unknown) => all.find((each) => each.id === one)?.title ?? '…'
  const shown = {
    id,
    style: { width: '100%' },
    popupMatchSelectWidth: POPUP,
    open,
    onOpenChange: (next: boolean) => {
      setOpen(next)
      if (next) search('', 0)
    },
    loading: busy,
    showSearch: {
      filterOption: false as const,
      onSearch: (text: string) => {
        setTyped(text)
        search(text)
      },
    },
    options: (open ? found : all).map((each) => ({ value: each.id, label: each.title, option: each })),
    optionRender: ({ data }: { data: { option: Option } }) => shownOption(data.option),
    placeholder: field.placeholder || t('fields.pickRecord'),
    notFoundContent: busy ? t('ui.loading') : t('fields.noRecord'),
    disabled: disabled || readOnly,
    status,
    'aria-label': field.label,
    'aria-describedby': describedBy,
    popupRender: (list: ReactElement) => (
      <>
        {list}
        {create ? (
          <CreateButton
            typed={typed}
            onClick={() => {
              setOpen(false)
              void create()
            }}
          />
        ) : null}
      </>
    ),
  }
  return { shown, all, take, nameOf }
}

/** A filter's operand of records: any number of them. */
export function RecordOperand({ field, value, onChange }: FilterInputProps<PointerShape>) {
  const ids = idsOf(value)
  const { all, busy, search } = useFound(field.id, ids)
  return (
    <Select
      mode="multiple"
      style={{ width: '100%' }}
      value={ids}
      loading={busy}
      onOpenChange={(open) => open && search('', 0)}
      showSearch={{ filterOption: false, onSearch: (text) => search(text) }}
      options={all.map((each) => ({ value: each.id, label: each.title }))}
      maxTagCount="responsive"
      aria-label={field.label}
      onChange={(next) => onChange(next)}
    />
  )
}

/** A record's title that leads to it, in a record, where a click is not for the row. */
export function TitleLink({ form, id, record }: { form: string; id: string; record: CellProps<object>['record'] }) {
  const { openRecord } = useFieldContext()
  const t = useT()
  const title = record?.titles?.[id]
  if (title === undefined) return <span className={css.quiet}>{t('fields.unreadable')}</span>
  return (
    <button
      type="button"
      className={css.linkButton}
      title={title}
      onClick={(event) => {
        event.stopPropagation()
        openRecord(form, id)
      }}
    >
      {title || '—'}
    </button>
  )
}
