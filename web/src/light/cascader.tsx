/** A place in a tree, chosen level by level or found by its name 轻级联. */
import { ChevronDown, ChevronLeft, ChevronRight, X } from 'lucide-react'
import { type CSSProperties, useRef, useState } from 'react'
import { useT } from '@/i18n/i18n'
import css from './light.module.css'
import { Panel } from './panel'

interface Branch {
  value: string
  label: string
  children?: Branch[]
}

interface CascaderProps {
  id?: string
  options?: Branch[]
  value?: string[]
  onChange?: (value: string[] | undefined) => void
  onOpenChange?: (open: boolean) => void
  onFocus?: () => void
  allowClear?: boolean
  disabled?: boolean
  status?: string
  placeholder?: string
  style?: CSSProperties
  'aria-label'?: string
  'aria-describedby'?: string
}

const MOST = 60

function within(branches: Branch[], path: string[]): Branch[] {
  return path.reduce<Branch[]>((found, each) => found.find(({ value }) => value === each)?.children ?? [], branches)
}

/** The paths whose names have the text in them. */
function found(branches: Branch[], text: string, path: string[] = []): string[][] {
  return branches.flatMap(({ value, children = [] }) => {
    const own = [...path, value]
    const inner = found(children, text, own)
    return value.includes(text) ? [own, ...inner] : inner
  })
}

/** A box that opens one level after another; a level may also be the last. */
export function Cascader(props: CascaderProps) {
  const { options = [], value = [], onChange, disabled, placeholder } = props
  const t = useT()
  const box = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  const [path, setPath] = useState<string[]>([])
  const [text, setText] = useState('')
  const label = props['aria-label'] ?? ''
  const turn = (next: boolean) => {
    setOpen(next)
    setText('')
    setPath(value.slice(0, -1))
    props.onOpenChange?.(next)
    if (!next) box.current?.focus({ preventScroll: true })
  }
  const pick = (next: string[]) => {
    onChange?.(next)
    if (within(options, next).length > 0) {
      setPath(next)
      setText('')
    } else turn(false)
  }
  const typed = text.trim()
  const paths = typed
    ? found(options, typed).slice(0, MOST)
    : within(options, path).map((each) => [...path, each.value])
  return (
    <span className={css.select} style={props.style}>
      <button
        ref={box}
        id={props.id}
        type="button"
        role="combobox"
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-controls={`${props.id}-levels`}
        aria-label={label}
        aria-describedby={props['aria-describedby']}
        data-wrong={props.status === 'error'}
        disabled={disabled}
        className={`${css.box} ${css.selectBox}`}
        onFocus={props.onFocus}
        onClick={() => turn(!open)}
      >
        {value.length > 0 ? (
          <span className={css.words}>{value.join(' / ')}</span>
        ) : (
          <span className={css.placeholder}>{placeholder}</span>
        )}
        <ChevronDown size={16} aria-hidden />
      </button>
      {props.allowClear && value.length > 0 && !disabled ? (
        <button
          type="button"
          className={`${css.clear} ${css.selectClear}`}
          aria-label={`${t('ui.clear')} ${label}`}
          onClick={() => onChange?.(undefined)}
        >
          <X size={14} aria-hidden />
        </button>
      ) : null}
      {open ? (
        <Panel anchor={box.current} label={label} onClose={() => turn(false)} search={{ text, onSearch: setText }}>
          {path.length > 0 && !typed ? (
            <button type="button" className={css.up} onClick={() => setPath(path.slice(0, -1))}>
              <ChevronLeft size={16} aria-hidden /> {path.join(' / ')}
            </button>
          ) : null}
          <div id={`${props.id}-levels`} className={css.panelList}>
            {paths.map((each) => (
              <button
                key={each.join('/')}
                type="button"
                className={css.option}
                aria-pressed={each.join('/') === value.join('/')}
                onClick={() => pick(each)}
              >
                <span className={css.optionWords}>{typed ? each.join(' / ') : each.at(-1)}</span>
                {within(options, each).length > 0 ? <ChevronRight size={16} aria-hidden /> : null}
              </button>
            ))}
            {paths.length === 0 ? (
              <p className={css.none}>{t(options.length > 0 ? 'ui.nothingFound' : 'ui.loading')}</p>
            ) : null}
          </div>
        </Panel>
      ) : null}
    </span>
  )
}
