/** Where formulas and conditions are written 公式输入: labels are shown, ids are kept, mistakes are told while typing. */
import { Button, Dropdown, Input } from 'antd'
import type { TextAreaRef } from 'antd/es/input/TextArea'
import { Braces, FunctionSquare } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useT } from '@/i18n/i18n'
import css from './design.module.css'
import { ExpressionVerdict } from './expression-verdict'
import { FunctionList } from './function-list'
import { type ExpressionPlace, spelled, useExplained } from './use-explained'

export interface NamedField {
  id: string
  label: string
  nested?: NamedField[]
}

interface ExpressionInputProps {
  place: ExpressionPlace
  /** What may be named, for the menu. */
  fields: NamedField[]
  value: string
  onChange: (text: string) => void
  /** A condition: the result must be yes or no. */
  condition?: boolean
  label: string
  placeholder?: string
  rows?: number
}

/** A text area that knows the form's fields and all functions. */
export function ExpressionInput(props: ExpressionInputProps) {
  const { place, fields, value, onChange, condition = false, label, placeholder, rows = 2 } = props
  const t = useT()
  const area = useRef<TextAreaRef>(null)
  const [text, setText] = useState(value)
  const [touched, setTouched] = useState(false)
  const given = useRef(value)
  const explained = useExplained(place, text)

  useEffect(() => {
    if (value === given.current) return
    given.current = value
    setTouched(false)
    setText(value)
  }, [value])

  useEffect(() => {
    if (explained === null || explained.asked !== text) return
    if (!touched) {
      if (explained.ok && explained.shown !== '' && explained.shown !== text) setText(explained.shown)
      return
    }
    const kept = explained.ok ? explained.text : text
    if (kept === given.current) return
    given.current = kept
    onChange(kept)
  }, [explained, text, touched, onChange])

  // whoever goes on before the server has answered leaves what was typed, as it was typed
  const leave = useRef<() => void>(undefined)
  leave.current = () => {
    if (!touched || text.trim() === '' || explained?.asked === text || text === given.current) return
    given.current = text
    onChange(text)
  }
  useEffect(() => () => leave.current?.(), [])

  const write = (next: string) => {
    setTouched(true)
    setText(next)
    if (next.trim() !== '') return
    given.current = ''
    onChange('')
  }

  const insert = (piece: string) => {
    const box = area.current?.resizableTextArea?.textArea
    const from = box?.selectionStart ?? text.length
    const to = box?.selectionEnd ?? text.length
    write(text.slice(0, from) + piece + text.slice(to))
    const caret = from + piece.length - (piece.endsWith('()') ? 1 : 0)
    setTimeout(() => {
      box?.focus()
      box?.setSelectionRange(caret, caret)
    })
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
      <Input.TextArea
        ref={area}
        value={text}
        aria-label={label}
        placeholder={placeholder ?? t('design.expressionHint')}
        status={wrong ? 'error' : undefined}
        autoSize={{ minRows: rows, maxRows: 10 }}
        spellCheck={false}
        onChange={(event) => write(event.target.value)}
        onBlur={() => leave.current?.()}
      />
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
      <ExpressionVerdict explained={text.trim() === '' ? null : explained} condition={condition} />
    </div>
  )
}
