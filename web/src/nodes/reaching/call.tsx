/** What a call sends and what of its answer is kept 请求与答复. */
import { Button, Input, Select } from 'antd'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { useT } from '@/i18n/i18n'
import { ExpressionInput } from '@/ui/design/expression-input'
import { IconButton } from '@/ui/icon-button'
import type { NodeSurroundings } from '../node'
import { namedFields } from '../parts/named-fields'
import css from '../parts/nodes.module.css'

interface CallPartProps {
  value: Record<string, string>
  onChange: (value: Record<string, string>) => void
  context: NodeSurroundings
}

/** A name that is not taken yet. */
export function freeName(taken: object, stem: string): string {
  let count = Object.keys(taken).length + 1
  while (`${stem}${count}` in taken) count += 1
  return `${stem}${count}`
}

function without(value: Record<string, string>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(value).filter(([each]) => each !== name))
}

function renamed(value: Record<string, string>, before: string, after: string): Record<string, string> {
  return Object.fromEntries(Object.entries(value).map(([name, text]) => [name === before ? after : name, text]))
}

/** A key's name, taken over when it is left. */
function Name({ name, taken, onChange }: { name: string; taken: object; onChange: (name: string) => void }) {
  const t = useT()
  const [text, setText] = useState(name)
  const clean = text.trim()
  const wrong = clean === '' || (clean !== name && clean in taken)
  return (
    <Input
      size="small"
      value={text}
      status={wrong ? 'error' : undefined}
      aria-label={t('reaching.bodyName')}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => (wrong ? setText(name) : onChange(clean))}
    />
  )
}

/** Keys and the expressions that fill them. */
export function Body({ value, onChange, context }: CallPartProps) {
  const t = useT()
  return (
    <>
      {Object.entries(value).map(([name, text]) => (
        <div key={name} className={css.card}>
          <div className={css.cardHead}>
            <Name name={name} taken={value} onChange={(next) => onChange(renamed(value, name, next))} />
            <IconButton
              size="small"
              icon={X}
              iconSize={14}
              label={t('nodes.remove')}
              onClick={() => onChange(without(value, name))}
            />
          </div>
          <ExpressionInput
            place={{ app: context.app, form: context.form, definition: context.definition }}
            fields={namedFields(context.fields)}
            label={t('reaching.valueOf', { label: name })}
            rows={1}
            value={text}
            onChange={(next) => onChange({ ...value, [name]: next })}
          />
        </div>
      ))}
      <Button
        type="dashed"
        size="small"
        icon={<Plus size={14} aria-hidden />}
        onClick={() => onChange({ ...value, [freeName(value, 'key')]: context.fields[0]?.id ?? '' })}
      >
        {t('reaching.addBody')}
      </Button>
    </>
  )
}

/** Fields and where in the answer their values are. */
export function Answers({ value, onChange, context }: CallPartProps) {
  const t = useT()
  const free = context.fields.filter((field) => !(field.id in value) && !field.formula)
  return (
    <>
      {Object.entries(value).map(([id, path]) => (
        <div key={id} className={css.inline}>
          <Select
            size="small"
            style={{ flex: 1, minWidth: 0 }}
            value={id}
            aria-label={t('reaching.chooseField')}
            options={context.fields
              .filter((field) => field.id === id || free.includes(field))
              .map((field) => ({ value: field.id, label: field.label }))}
            onChange={(next: string) => onChange(renamed(value, id, next))}
          />
          <Input
            size="small"
            style={{ flex: 1, minWidth: 0 }}
            value={path}
            aria-label={t('reaching.path')}
            placeholder="order.id"
            onChange={(event) => onChange({ ...value, [id]: event.target.value })}
          />
          <IconButton
            size="small"
            icon={X}
            iconSize={14}
            label={t('nodes.remove')}
            onClick={() => onChange(without(value, id))}
          />
        </div>
      ))}
      <Button
        type="dashed"
        size="small"
        icon={<Plus size={14} aria-hidden />}
        disabled={free.length === 0}
        onClick={() => onChange({ ...value, [free[0]?.id ?? '']: '' })}
      >
        {t('reaching.addAnswer')}
      </Button>
    </>
  )
}
