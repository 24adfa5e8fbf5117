/** The settings of a pointer to another form 关联设置: which form, what it fills, what happens on deletion. */
import { Button, Segmented, Select } from 'antd'
import { ArrowRight, Plus, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useFieldContext } from '@/fields/context'
import type { SettingsProps } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { IconButton } from '@/ui/icon-button'
import css from './fields.module.css'
import type { PointerShape } from './pointing'
import { Setting, Settings } from './setting'

interface Shape extends PointerShape {
  fill?: Record<string, string>
}

function useFields(form: string) {
  const { forms } = useFieldContext()
  const fields = forms.find((each) => each.id === form)?.fields ?? []
  return fields.map((each) => ({ value: each.id, label: each.label, kind: each.type }))
}

/** What picking a record copies. */
export function Filling({ field, onChange }: SettingsProps<Shape>) {
  const t = useT()
  const { form } = useFieldContext()
  const mine = useFields(form).filter((each) => each.value !== field.id)
  const theirs = useFields(field.form ?? '')
  const pairs = Object.entries(field.fill ?? {})
  const set = (next: [string, string][]) => onChange({ fill: Object.fromEntries(next) })
  const free = mine.find((each) => !pairs.some(([to]) => to === each.value))
  return (
    <Setting label={t('fields.fills')}>
      {pairs.map(([to, from], at) => (
        <div key={to} className={css.optionRow}>
          <Select
            size="small"
            style={{ flex: 1, minWidth: 0 }}
            value={from}
            options={theirs}
            onChange={(next) => set(pairs.map((pair, i) => (i === at ? [to, next] : pair)))}
          />
          <ArrowRight size={14} aria-hidden />
          <Select
            size="small"
            style={{ flex: 1, minWidth: 0 }}
            value={to}
            options={mine}
            onChange={(next) => set(pairs.map((pair, i) => (i === at ? [next, from] : pair)))}
          />
          <IconButton
            size="small"
            icon={Trash2}
            iconSize={14}
            label={t('ui.delete')}
            onClick={() => set(pairs.filter((_, i) => i !== at))}
          />
        </div>
      ))}
      <Button
        size="small"
        type="text"
        icon={<Plus size={14} />}
        disabled={!free || theirs.length === 0}
        onClick={() => free && theirs[0] && set([...pairs, [free.value, theirs[0].value]])}
      >
        {t('fields.addFill')}
      </Button>
    </Setting>
  )
}

/** Which form, what shows and is offered, what if one goes; between them what only one kind of pointer has. */
export function PointerSettings({ field, onChange, children }: SettingsProps<Shape> & { children: ReactNode }) {
  const t = useT()
  const { forms, Filter } = useFieldContext()
  const theirs = useFields(field.form ?? '')
  const there = forms.find((each) => each.id === field.form)?.fields ?? []
  const [sort] = field.sort ?? []
  return (
    <Settings>
      <Setting label={t('fields.targetForm')}>
        <Select
          value={field.form || undefined}
          status={field.form ? undefined : 'error'}
          placeholder={t('fields.choose')}
          options={forms.map((each) => ({ value: each.id, label: each.name }))}
          onChange={(form) => onChange({ form, fill: undefined, show: [], filter: undefined, sort: undefined })}
        />
      </Setting>
      <Setting label={t('fields.showBeside')}>
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          value={field.show ?? []}
          options={theirs}
          onChange={(show) => onChange({ show })}
        />
      </Setting>
      {Filter && field.form ? (
        <Setting label={t('fields.offered')}>
          <Filter own fields={there} filter={field.filter} onChange={(filter) => onChange({ filter })} />
        </Setting>
      ) : null}
      <Setting label={t('fields.offeredOrder')}>
        <Select
          value={sort ? `${sort.descending ? '-' : '+'}${sort.field}` : ''}
          options={[
            { value: '', label: t('fields.newestFirst') },
            ...theirs.flatMap(({ value, label }) => [
              { value: `+${value}`, label: `${label} ↑` },
              { value: `-${value}`, label: `${label} ↓` },
            ]),
          ]}
          onChange={(next) =>
            onChange({ sort: next ? [{ field: next.slice(1), descending: next.startsWith('-') }] : undefined })
          }
        />
      </Setting>
      {children}
      <Setting label={t('fields.onDelete')}>
        <Segmented
          block
          value={field.on_delete ?? 'block'}
          options={[
            { value: 'block', label: t('fields.onDeleteBlock') },
            { value: 'clear', label: t('fields.onDeleteClear') },
            { value: 'cascade', label: t('fields.onDeleteCascade') },
          ]}
          onChange={(on_delete) => onChange({ on_delete: on_delete as Shape['on_delete'] })}
        />
      </Setting>
    </Settings>
  )
}
