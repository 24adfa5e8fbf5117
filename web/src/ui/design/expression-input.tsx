/** Where formulas and conditions are written 公式输入: labels are shown, ids are kept, mistakes are told while typing. */
import { Button, Dropdown, Input } from 'antd'
import type { TextAreaRef } from 'antd/es/input/TextArea'
import { Braces, FunctionSquare } from 'lucide-react'
import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react'
import { useT } from '@/i18n/i18n'
import css from './design.module.css'
import paper from './expression.module.css'
import { CallHelp, type Offer, Offers, offersAt, useFunctions } from './expression-hints'
import { ExpressionPaper } from './expression-paper'
import { type NamedField, namesOf, piecesOf, unitsAt } from './expression-tokens'
import { ExpressionVerdict } from './expression-verdict'
import { FunctionList } from './function-list'
import { type ExpressionPlace, type Fault, spelled, type Wanted } from './use-explained'
import { useWriting } from './use-writing'

export type { NamedField } from './expression-tokens'

interface ExpressionInputProps {
  place: ExpressionPlace
  /** What may be named, for the menu. */
  fields: NamedField[]
  value: string
  onChange: (text: string) => void
  /** A condition: the result must be yes or no. */
  condition?: boolean
  /** What it must come to, if it is no condition. */
  wanted?: Wanted
  /** Only a text that means something is passed on: for who asks at once. */
  onlySound?: boolean
  label: string
  placeholder?: string
  rows?: number
}

/** The colours lie behind, so nothing may cover them, whatever state the box is in. */
const TRANSPARENT = { background: 'transparent' }

/** A text area that knows the form's fields and all functions. */
export function ExpressionInput(props: ExpressionInputProps) {
  const { place, fields, value, onChange, condition = false, label, placeholder, rows = 2, onlySound } = props
  const wanted = condition ? 'boolean' : (props.wanted ?? '')
  const t = useT()
  const id = useId()
  const area = useRef<TextAreaRef>(null)
  const [caret, setCaret] = useState<number | null>(null)
  const [scrolled, setScrolled] = useState(0)
  const [closed, setClosed] = useState('')
  const [at, setAt] = useState(0)
  const functions = useFunctions()
  const { text, explained, write, leave, touched } = useWriting(place, value, onChange, { wanted, onlySound })
  const pieces = useMemo(() => piecesOf(text, namesOf(fields)), [text, fields])
  const fresh = explained !== null && explained.asked === text
  const faults = fresh && !explained.ok && text.trim() !== '' ? explained.faults : []
  const going = touched && caret !== null && closed !== text ? offersAt(text, caret, fields, functions) : null

  const look = () => setCaret(area.current?.resizableTextArea?.textArea.selectionStart ?? null)
  const put = (next: string, to: number) => {
    write(next)
    setClosed(next)
    setTimeout(() => {
      const box = area.current?.resizableTextArea?.textArea
      box?.focus()
      box?.setSelectionRange(to, to)
      setCaret(to)
    })
  }
  const replace = (from: number, to: number, piece: string) =>
    put(text.slice(0, from) + piece + text.slice(to), from + piece.length - (piece.endsWith('()') ? 1 : 0))
  const insert = (piece: string) => {
    const box = area.current?.resizableTextArea?.textArea
    replace(box?.selectionStart ?? text.length, box?.selectionEnd ?? text.length, piece)
  }
  const pick = ({ write: piece }: Offer) => {
    if (!going || caret === null) return
    const called = piece.endsWith('()') && /^[(（]/.test(text.slice(caret))
    replace(going.start, caret, called ? piece.slice(0, -2) : piece)
  }
  const mend = ({ start, end, fix }: Fault) => {
    if (fix === null) return
    const whole = start === null || end === null
    replace(whole ? 0 : unitsAt(text, start), whole ? text.length : unitsAt(text, end), fix)
  }

  const walk = (event: KeyboardEvent) => {
    if (!going || event.nativeEvent.isComposing) return
    const { length } = going.offers
    const offer = going.offers[Math.min(at, length - 1)]
    if (event.key === 'ArrowDown') setAt((at + 1) % length)
    else if (event.key === 'ArrowUp') setAt((at + length - 1) % length)
    else if (event.key === 'Escape') setClosed(text)
    else if ((event.key === 'Enter' || event.key === 'Tab') && offer) pick(offer)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const items = fields.map((field) => ({
    key: field.id,
    label: field.label,
    children: field.nested?.map((column) => ({
      key: `${field.id}.${column.id}`,
      label: column.label,
      onClick: () => insert(`${spelled(field.label)}.${spelled(column.label)}`),
    })),
    onClick: field.nested ? undefined : () => insert(spelled(field.label)),
  }))

  const wrong = text.trim() !== '' && explained !== null && !explained.ok
  return (
    <div className={css.expression}>
      <div className={paper.box}>
        <ExpressionPaper text={text} pieces={pieces} faults={faults} scrolled={scrolled} />
        <Input.TextArea
          ref={area}
          value={text}
          aria-label={label}
          aria-controls={going ? id : undefined}
          aria-activedescendant={going ? `${id}-${at}` : undefined}
          placeholder={placeholder ?? t('design.expressionHint')}
          status={wrong && !going ? 'error' : undefined}
          autoSize={{ minRows: rows, maxRows: 10 }}
          style={TRANSPARENT}
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          onChange={(event) => {
            setAt(0)
            write(event.target.value)
            setCaret(event.target.selectionStart)
          }}
          onSelect={look}
          onScroll={(event) => setScrolled(event.currentTarget.scrollTop)}
          onKeyDown={walk}
          onBlur={() => {
            setCaret(null)
            leave()
          }}
        />
      </div>
      {going ? <Offers offers={going.offers} at={at} id={id} onPick={pick} /> : null}
      {caret !== null && !going ? <CallHelp text={text} caret={caret} functions={functions} /> : null}
      <div className={css.expressionTools}>
        <Dropdown menu={{ items, className: css.fieldMenu }} trigger={['click']}>
          <Button size="small" type="text" icon={<Braces size={14} aria-hidden />}>
            {t('design.insertField')}
          </Button>
        </Dropdown>
        <FunctionList onPick={(name) => insert(`${name}()`)}>
          <Button size="small" type="text" icon={<FunctionSquare size={14} aria-hidden />}>
            {t('design.functions')}
          </Button>
        </FunctionList>
      </div>
      <ExpressionVerdict explained={text.trim() === '' || going ? null : explained} onMend={mend} />
    </div>
  )
}
