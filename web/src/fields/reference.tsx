/** A pointer to a record of another form 关联数据, which may fill other fields. */
import { Button, Select } from 'antd'
import { Link2, Plus } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useT } from '@/i18n/i18n'
import { toast } from '@/ui/toast'
import { type Option, useFieldContext } from './context'
import { type CellProps, type FilterInputProps, fieldType, type InputProps, type Json, type Values } from './field'
import { idsOf, readNames } from './parts/choosing'
import { Cut } from './parts/cut'
import { driversOf } from './parts/drivers'
import css from './parts/fields.module.css'
import { ReferenceSettings } from './parts/reference-settings'

interface ReferenceShape {
  form?: string
  fill?: Record<string, string>
  show?: string[]
  on_delete?: 'block' | 'clear' | 'cascade'
  filter?: Json
  sort?: { field: string; descending?: boolean }[]
}

const PAUSE = 250

/** The records that answer what is typed, and those that are held. */
function useFound(field: string, held: string[], values?: Values) {
  const { options } = useFieldContext()
  const [found, setFound] = useState<Option[]>([])
  const [known, setKnown] = useState<Option[]>([])
  const [busy, setBusy] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const asked = useRef(0)
  const missing = held.filter((id) => !id.startsWith('@') && !known.some((each) => each.id === id)).join(',')
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
  return { found, known, busy, search, learn }
}

const shownOption = ({ title, subtitle }: Option) => (
  <span className={css.twoLines}>
    <Cut text={title} />
    {subtitle ? <span className={`${css.small} ${css.cut}`}>{subtitle}</span> : null}
  </span>
)

/** In a narrow column the choices still have room for a title and what is under it. */
const POPUP = 300

/** What a filter that speaks of the record's own fields has to be told. */
function driving(field: ReferenceShape, values: Values | undefined): Values | undefined {
  const names = driversOf(field)
  return names.length > 0 && values ? Object.fromEntries(names.map((name) => [name, values[name] ?? null])) : undefined
}

function Pick({ field, value, values, onChange, onFill, onPick, id, ...rest }: InputProps<ReferenceShape, string>) {
  const t = useT()
  const { createRecord, forms, options } = useFieldContext()
  const creates = createRecord && forms.find((each) => each.id === field.form)?.can_create
  const { found, known, busy, search, learn } = useFound(field.id, value ? [value] : [], driving(field, values))
  const [typed, setTyped] = useState('')
  const [open, setOpen] = useState(false)
  const all = [...found, ...known.filter((each) => !found.some((other) => other.id === each.id))]
  const take = (option: Option | undefined) => {
    if (option) learn(option)
    onChange(option?.id ?? null)
    if (option) onPick?.(option.id, option.values ?? {})
    if (option?.fill && Object.keys(option.fill).length > 0) onFill?.(option.fill)
  }
  const create = async () => {
    setOpen(false)
    const made = await createRecord?.(field.form ?? '', typed)
    if (!made) return
    const [full] = await options(field.id, { ids: [made.id] }).catch(() => [])
    take(full ?? made)
  }
  return (
    <Select
      id={id}
      style={{ width: '100%' }}
      popupMatchSelectWidth={POPUP}
      value={value ?? undefined}
      open={open}
      onOpenChange={(next) => {
        setOpen(next)
        if (next) search('', 0)
      }}
      loading={busy}
      showSearch={{
        filterOption: false,
        onSearch: (text) => {
          setTyped(text)
          search(text)
        },
      }}
      options={(open ? found : all).map((each) => ({ value: each.id, label: each.title, option: each }))}
      labelRender={({ value: held }) => all.find((each) => each.id === held)?.title ?? '…'}
      optionRender={({ data }) => shownOption(data.option)}
      allowClear={!field.required}
      placeholder={field.placeholder || t('fields.pickRecord')}
      notFoundContent={busy ? t('ui.loading') : t('fields.noRecord')}
      disabled={rest.disabled || rest.readOnly}
      status={rest.status}
      aria-label={field.label}
      aria-describedby={rest.describedBy}
      popupRender={(list) => (
        <>
          {list}
          {creates ? (
            <Button
              type="text"
              block
              icon={<Plus size={14} />}
              onMouseDown={(event) => event.preventDefault()}
              onClick={create}
            >
              {typed ? t('fields.createNamed', { name: typed }) : t('fields.createRecord')}
            </Button>
          ) : null}
        </>
      )}
      onChange={(next) => take(all.find((each) => each.id === next))}
    />
  )
}

/** In a list: the title only, for a click there opens the row's own record. */
function Title({ value, record }: CellProps<ReferenceShape, string>) {
  const t = useT()
  if (!value) return null
  const title = record?.titles?.[value]
  return title === undefined ? <span className={css.quiet}>{t('fields.unreadable')}</span> : <Cut text={title || '—'} />
}

function Shown({ field, value, record }: CellProps<ReferenceShape, string>) {
  const { openRecord } = useFieldContext()
  const t = useT()
  if (!value) return null
  const title = record?.titles?.[value]
  if (title === undefined) return <span className={css.quiet}>{t('fields.unreadable')}</span>
  return (
    <button
      type="button"
      className={css.linkButton}
      title={title}
      onClick={(event) => {
        event.stopPropagation()
        openRecord(field.form ?? '', value)
      }}
    >
      {title || '—'}
    </button>
  )
}

function Operand({ field, value, onChange }: FilterInputProps<ReferenceShape>) {
  const ids = idsOf(value)
  const { found, known, busy, search } = useFound(field.id, ids)
  const all = [...found, ...known.filter((each) => !found.some((other) => other.id === each.id))]
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

export default fieldType<ReferenceShape, string>({
  label: { zh: '关联数据', en: 'Reference' },
  icon: Link2,
  group: 'advanced',
  rank: 1,
  kind: 'text',
  blank: {},
  columnWidth: 180,
  mentions: driversOf,
  points: (field) => ({ form: field.form ?? '', fill: field.fill ?? {} }),
  operators: ['in', 'not_in', 'empty', 'not_empty'],
  Input: Pick,
  Cell: Title,
  Display: Shown,
  FilterInput: Operand,
  read: (_, value, nameOf) => readNames(value, nameOf),
  Settings: ReferenceSettings,
})
