/** Buttons that pick records of another form and copy their fields 选择数据. */
import { Button, Input, Select } from 'antd'
import { ArrowRight, Plus, Trash2 } from 'lucide-react'
import { useFieldContext } from '@/fields/context'
import type { Field } from '@/fields/field'
import { SourceSelect, useSourceFields } from '@/fields/parts/source-select'
import { typeNamed } from '@/fields/registry'
import { useT } from '@/i18n/i18n'
import { IconButton } from '@/ui/icon-button'
import { columnsOf, type Form, patched, type Selection } from './definition'
import css from './designer.module.css'
import { Row } from './rows'
import { free } from './slugs'
import { useDesigner } from './use-designer'

const told = (fields: Field[]) =>
  fields.filter(({ type }) => typeNamed(type)?.valued !== false).map(({ id, label }) => ({ value: id, label }))

interface FillProps {
  fill: Record<string, string>
  mine: Field[]
  theirs: Field[]
  onChange: (fill: Record<string, string>) => void
}

function Fill({ fill, mine, theirs, onChange }: FillProps) {
  const t = useT()
  const pairs = Object.entries(fill)
  const put = (next: [string, string][]) => onChange(Object.fromEntries(next))
  const open = mine.find(({ id }) => !(id in fill))
  return (
    <Row label={t('designer.selectionFill')}>
      {pairs.map(([to, from], at) => (
        <div key={to} className={css.pairRow}>
          <Select
            size="small"
            value={from}
            options={told(theirs)}
            onChange={(next) => put(pairs.map((pair, i) => (i === at ? [to, next] : pair)))}
          />
          <ArrowRight size={14} aria-hidden />
          <Select
            size="small"
            value={to}
            options={told(mine)}
            onChange={(next) => put(pairs.map((pair, i) => (i === at ? [next, from] : pair)))}
          />
          <IconButton
            size="small"
            icon={Trash2}
            iconSize={14}
            label={t('ui.delete')}
            onClick={() => put(pairs.filter((_, i) => i !== at))}
          />
        </div>
      ))}
      <Button
        size="small"
        type="text"
        icon={<Plus size={14} />}
        disabled={!open || theirs.length === 0}
        onClick={() => open && theirs[0] && put([...pairs, [open.id, theirs[0].id]])}
      >
        {t('fields.addFill')}
      </Button>
    </Row>
  )
}

interface CardProps {
  selection: Selection
  onChange: (change: Partial<Selection>) => void
  onRemove: () => void
}

function Card({ selection, onChange, onRemove }: CardProps) {
  const t = useT()
  const { form } = useDesigner()
  const { Filter } = useFieldContext()
  const there = useSourceFields(selection)
  const rows = (form.fields ?? []).filter((field) => columnsOf(field) !== undefined)
  const into = rows.find(({ id }) => id === selection.into)
  const mine = into ? (columnsOf(into) ?? []) : (form.fields ?? []).filter((field) => columnsOf(field) === undefined)
  return (
    <div className={css.ruleCard}>
      <IconButton
        className={css.ruleRemove}
        size="small"
        icon={Trash2}
        iconSize={14}
        label={t('designer.remove')}
        onClick={onRemove}
      />
      <Row label={t('designer.selectionLabel')}>
        <Input value={selection.label} maxLength={200} onChange={({ target }) => onChange({ label: target.value })} />
      </Row>
      <Row label={t('designer.linkageForm')}>
        <SourceSelect
          source={selection}
          onChange={(source) => onChange({ ...source, filter: undefined, show: undefined, fill: {} })}
        />
      </Row>
      {Filter && (selection.form || selection.aggregate) ? (
        <Row label={t('fields.offered')}>
          <Filter own fields={there} filter={selection.filter} onChange={(filter) => onChange({ filter })} />
        </Row>
      ) : null}
      <Row label={t('designer.selectionInto')}>
        <Select
          value={selection.into ?? ''}
          options={[{ value: '', label: t('designer.selectionRecord') }, ...told(rows)]}
          onChange={(next) => onChange({ into: next || undefined, fill: {} })}
        />
      </Row>
      <Fill fill={selection.fill ?? {}} mine={mine} theirs={there} onChange={(fill) => onChange({ fill })} />
    </div>
  )
}

/** All of the form's. */
export function SelectionsPane() {
  const t = useT()
  const { form, editor } = useDesigner()
  const selections = form.selections ?? []
  const change = (id: string, next: Partial<Selection>) =>
    editor.change(
      (draft) => {
        const found = (draft as Form).selections?.find((each) => each.id === id)
        if (found !== undefined) patched(found, next)
      },
      `selection:${id}:${Object.keys(next).join()}`,
    )
  const add = () => {
    const taken = selections.map(({ id }) => id)
    const made = { id: free('pick_1', taken), label: t('designer.selectionNew'), form: '', fill: {} }
    editor.change((draft) => {
      const edited = draft as Form
      edited.selections = [...(edited.selections ?? []), made]
    })
  }
  const remove = (id: string) =>
    editor.change((draft) => {
      const edited = draft as Form
      edited.selections = (edited.selections ?? []).filter((each) => each.id !== id)
    })
  return (
    <>
      <p className={css.hint}>{t('designer.selectionsHint')}</p>
      {selections.map((selection) => (
        <Card
          key={selection.id}
          selection={selection}
          onChange={(next) => change(selection.id, next)}
          onRemove={() => remove(selection.id)}
        />
      ))}
      <Button size="small" icon={<Plus size={14} />} onClick={add}>
        {t('designer.addSelection')}
      </Button>
    </>
  )
}
