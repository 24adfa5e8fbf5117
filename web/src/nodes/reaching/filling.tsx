/** Fields and the expressions that fill them 字段赋值: for a record of this form or of another one. */
import { Button, Select } from 'antd'
import { Plus, X } from 'lucide-react'
import type { Field } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { ExpressionInput } from '@/ui/design/expression-input'
import { IconButton } from '@/ui/icon-button'
import type { NodeSurroundings } from '../node'
import { namedFields } from '../parts/named-fields'
import css from '../parts/nodes.module.css'

interface FillingProps {
  /** The fields that may be filled. */
  fields: Field[]
  value: Record<string, string>
  onChange: (value: Record<string, string>) => void
  context: NodeSurroundings
  /** Rows of this subform may be named too. */
  rows?: string
  add: string
}

/** One card for each field. */
export function Filling({ fields, value, onChange, context, rows, add }: FillingProps) {
  const t = useT()
  const free = fields.filter((field) => !(field.id in value) && !field.formula)
  const label = (id: string) => fields.find((field) => field.id === id)?.label ?? id
  const put = (id: string, text: string) => onChange({ ...value, [id]: text })
  const swap = (before: string, after: string) =>
    onChange(Object.fromEntries(Object.entries(value).map(([id, text]) => [id === before ? after : id, text])))
  const drop = (id: string) => onChange(Object.fromEntries(Object.entries(value).filter(([each]) => each !== id)))
  return (
    <>
      {Object.entries(value).map(([id, text]) => (
        <div key={id} className={css.card}>
          <div className={css.cardHead}>
            <Select
              size="small"
              style={{ flex: 1, minWidth: 0 }}
              value={id}
              aria-label={t('reaching.chooseField')}
              showSearch={{ optionFilterProp: 'label' }}
              status={fields.some((field) => field.id === id) ? undefined : 'error'}
              options={[
                { value: id, label: label(id) },
                ...free.map((field) => ({ value: field.id, label: field.label })),
              ]}
              onChange={(next: string) => swap(id, next)}
            />
            <IconButton size="small" icon={X} iconSize={14} label={t('nodes.remove')} onClick={() => drop(id)} />
          </div>
          <ExpressionInput
            place={{
              app: context.app,
              form: context.form,
              definition: context.definition,
              ...(rows ? { subform: rows } : {}),
            }}
            fields={namedFields(context.fields)}
            label={t('reaching.valueOf', { label: label(id) })}
            rows={1}
            value={text}
            onChange={(next) => put(id, next)}
          />
        </div>
      ))}
      <Button
        type="dashed"
        size="small"
        icon={<Plus size={14} aria-hidden />}
        disabled={free.length === 0}
        onClick={() => put(free[0]?.id ?? '', '')}
      >
        {add}
      </Button>
    </>
  )
}
