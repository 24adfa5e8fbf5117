/** One or many of a list 轻下拉. */
import { Check, ChevronDown, X } from 'lucide-react'
import { type CSSProperties, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useT } from '@/i18n/i18n'
import css from './light.module.css'
import { Panel } from './panel'

export interface Entry {
  value: string
  label?: ReactNode
  text?: string
  disabled?: boolean
  /** How deep it stands in a tree. */
  depth?: number
}

interface Searching {
  filterOption?: false
  optionFilterProp?: string
  treeNodeFilterProp?: string
  onSearch?: (text: string) => void
}

interface SelectProps {
  id?: string
  value?: string | string[]
  options?: Entry[]
  mode?: 'multiple' | 'tags'
  onChange?: (value: never) => void
  open?: boolean
  onOpenChange?: (open: boolean) => void
  showSearch?: boolean | Searching
  allowClear?: boolean
  maxCount?: number
  loading?: boolean
  placeholder?: ReactNode
  notFoundContent?: ReactNode
  labelRender?: (entry: { value: string; label?: ReactNode }) => ReactNode
  optionRender?: (entry: { data: never }) => ReactNode
  popupRender?: (list: ReactNode) => ReactNode
  disabled?: boolean
  status?: string
  style?: CSSProperties
  'aria-label'?: string
  'aria-describedby'?: string
}

const wordsOf = ({ text, label, value }: Entry) => text ?? (typeof label === 'string' ? label : value)
const idsOf = (value: SelectProps['value']) => (Array.isArray(value) ? value : value ? [value] : [])

function useOpen({ open, onOpenChange }: Pick<SelectProps, 'open' | 'onOpenChange'>) {
  const [own, setOwn] = useState(false)
  const now = open ?? own
  const turn = (next: boolean) => {
    setOwn(next)
    onOpenChange?.(next)
  }
  return [now, turn] as const
}

interface ListProps {
  entries: Entry[]
  chosen: string[]
  many: boolean
  full: boolean
  active: number
  label: string
  none: ReactNode
  draw: (entry: Entry) => ReactNode
  onPick: (entry: Entry) => void
}

function List({ entries, chosen, many, full, active, label, none, draw, onPick }: ListProps) {
  const own = useRef<HTMLDivElement>(null)
  useEffect(() => {
    own.current?.querySelector('[data-active="true"]')?.scrollIntoView({ block: 'nearest' })
  })
  if (entries.length === 0) return <p className={css.none}>{none}</p>
  return (
    <div ref={own} role="listbox" aria-label={label} aria-multiselectable={many} className={css.options} tabIndex={-1}>
      {entries.map((entry, at) => {
        const on = chosen.includes(entry.value)
        const off = entry.disabled || (full && !on)
        return (
          // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and its keys
          // biome-ignore lint/a11y/useKeyWithClickEvents: the panel hears the keys
          <div
            key={entry.value}
            role="option"
            aria-selected={on}
            aria-disabled={off}
            data-active={at === active}
            className={css.option}
            style={entry.depth ? { paddingLeft: 12 + entry.depth * 18 } : undefined}
            onClick={() => (off ? undefined : onPick(entry))}
          >
            <span className={css.optionWords}>{draw(entry)}</span>
            {on ? <Check size={16} aria-hidden /> : null}
          </div>
        )
      })}
    </div>
  )
}

function Words({
  ids,
  options,
  labelRender,
}: {
  ids: string[]
  options: Entry[]
  labelRender: SelectProps['labelRender']
}) {
  return ids.map((id) => {
    const entry = options.find(({ value }) => value === id) ?? { value: id, label: id.replace(/^other:/, '') }
    return (
      <span key={id} className={css.chosen}>
        {labelRender ? labelRender(entry) : (entry.label ?? entry.value)}
      </span>
    )
  })
}

/** A box that opens the list. */
export function Select(props: SelectProps) {
  const { value, options = [], mode, showSearch, allowClear, maxCount, disabled, labelRender, optionRender } = props
  const t = useT()
  const name = useId()
  const box = useRef<HTMLButtonElement>(null)
  const [open, turn] = useOpen(props)
  const [text, setText] = useState('')
  const [active, setActive] = useState(-1)
  const many = mode !== undefined
  const ids = idsOf(value)
  const searching = typeof showSearch === 'object' ? showSearch : {}
  const own = text && searching.filterOption !== false
  const entries = own
    ? options.filter((entry) => wordsOf(entry).toLowerCase().includes(text.trim().toLowerCase()))
    : options
  const say = props.onChange as ((next: string | string[] | undefined) => void) | undefined
  const shut = () => {
    turn(false)
    setText('')
    setActive(-1)
    box.current?.focus({ preventScroll: true })
  }
  const pick = (entry: Entry) => {
    if (!many) {
      say?.(entry.value)
      return shut()
    }
    say?.(ids.includes(entry.value) ? ids.filter((id) => id !== entry.value) : [...ids, entry.value])
  }
  const key = (pressed: string) => {
    const step = pressed === 'ArrowDown' ? 1 : pressed === 'ArrowUp' ? -1 : 0
    if (step !== 0) setActive((at) => Math.max(0, Math.min(entries.length - 1, at + step)))
    const found = entries[active]
    if (pressed === 'Enter' && found && !found.disabled) pick(found)
    return step !== 0 || pressed === 'Enter'
  }
  const label = props['aria-label'] ?? ''
  const list = (
    <List
      {...{ entries, active, label, many }}
      chosen={ids}
      full={many && maxCount !== undefined && ids.length >= maxCount}
      none={props.loading ? t('ui.loading') : (props.notFoundContent ?? t('ui.nothingFound'))}
      draw={(entry) => (optionRender ? optionRender({ data: entry as never }) : (entry.label ?? entry.value))}
      onPick={pick}
    />
  )
  return (
    <span className={css.select} style={props.style}>
      <button
        ref={box}
        id={props.id}
        type="button"
        role="combobox"
        aria-haspopup="listbox"
        aria-expanded={open}
        aria-controls={name}
        aria-label={label}
        aria-describedby={props['aria-describedby']}
        aria-invalid={props.status === 'error'}
        data-wrong={props.status === 'error'}
        disabled={disabled}
        className={`${css.box} ${css.selectBox}`}
        onClick={() => (open ? shut() : turn(true))}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' || open) return
          event.preventDefault()
          turn(true)
        }}
      >
        {ids.length > 0 ? (
          <span className={css.words}>
            <Words {...{ ids, options, labelRender }} />
          </span>
        ) : (
          <span className={css.placeholder}>{props.placeholder}</span>
        )}
        <ChevronDown size={16} aria-hidden />
      </button>
      {allowClear && ids.length > 0 && !disabled ? (
        <button
          type="button"
          className={`${css.clear} ${css.selectClear}`}
          aria-label={`${t('ui.clear')} ${label}`}
          onClick={() => say?.(many ? [] : undefined)}
        >
          <X size={14} aria-hidden />
        </button>
      ) : null}
      {open ? (
        <Panel
          anchor={box.current}
          label={label}
          many={many}
          onClose={shut}
          onKey={key}
          search={
            showSearch
              ? {
                  text,
                  onSearch: (next) => {
                    setText(next)
                    setActive(0)
                    searching.onSearch?.(next)
                  },
                }
              : undefined
          }
        >
          <div id={name} className={css.panelList}>
            {props.popupRender ? props.popupRender(list) : list}
          </div>
        </Panel>
      ) : null}
    </span>
  )
}

interface Branch {
  value: string
  title: string
  disabled?: boolean
  children?: Branch[]
}

function flat(branches: Branch[], depth = 0): Entry[] {
  return branches.flatMap(({ value, title, disabled, children = [] }) => [
    { value, label: title, text: title, disabled, depth },
    ...flat(children, depth + 1),
  ])
}

interface TreeProps extends Omit<SelectProps, 'options' | 'mode'> {
  treeData?: Branch[]
  multiple?: boolean
  treeDefaultExpandAll?: boolean
}

/** A tree as a list with its branches set in. */
export function TreeSelect({ treeData = [], multiple, treeDefaultExpandAll: _, ...rest }: TreeProps) {
  return <Select {...rest} mode={multiple ? 'multiple' : undefined} options={flat(treeData)} />
}
