/** Fields that are unique together 联合唯一, and among which records. */
import { Button, Input, Select } from 'antd'
import { Plus } from 'lucide-react'
import type { Json } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import { useT } from '@/i18n/i18n'
import { EVERYTHING, type Filter } from '@/ui/record/filter'
import { FilterBuilder } from '@/ui/record/filter-builder'
import { type Form, patched, type Unique } from './definition'
import css from './designer.module.css'
import { Row } from './rows'
import { Card } from './rules-pane'
import { free } from './slugs'
import { useDesigner } from './use-designer'

const SINGLE = ['text', 'number', 'boolean', 'time']

/** One card for each set of fields. */
export function UniquesPane() {
  const t = useT()
  const { form, editor } = useDesigner()
  const uniques = form.uniques ?? []
  const fields = (form.fields ?? []).filter((field) => typeNamed(field.type)?.valued !== false)
  const single = fields.filter((field) => SINGLE.includes(typeNamed(field.type)?.kind ?? ''))
  const patch = (id: string, change: Partial<Unique>) =>
    editor.change(
      (draft) => {
        const unique = (draft as Form).uniques?.find((each) => each.id === id)
        if (unique !== undefined) patched(unique, change)
      },
      `unique:${id}:${Object.keys(change).join()}`,
    )
  const add = (first: string) => {
    const id = free(
      'unique_1',
      uniques.map((unique) => unique.id),
    )
    editor.change((draft) => {
      draft.uniques = [...(draft.uniques ?? []), { id, fields: [first] }]
    })
  }
  const remove = (id: string) =>
    editor.change((draft) => {
      const rest = draft.uniques?.filter((unique) => unique.id !== id)
      draft.uniques = rest?.length ? rest : undefined
    })
  return (
    <div className={css.list}>
      <p className={css.hint}>{t('filling.uniquesHint')}</p>
      {uniques.map((unique, at) => (
        <Card key={unique.id} place={`uniques.${at}`} onRemove={() => remove(unique.id)}>
          <Row label={t('filling.uniqueFields')}>
            <Select
              mode="multiple"
              maxCount={6}
              value={unique.fields}
              options={single.map(({ id, label }) => ({ value: id, label }))}
              optionFilterProp="label"
              onChange={(ids) => (ids.length > 0 ? patch(unique.id, { fields: ids }) : undefined)}
            />
          </Row>
          <Row label={t('designer.message')}>
            <Input
              value={unique.message ?? ''}
              maxLength={200}
              placeholder={t('filling.uniqueMessage')}
              onChange={(event) => patch(unique.id, { message: event.target.value || undefined })}
            />
          </Row>
          <div className={css.row}>
            <span className={css.rowLabel}>{t('filling.uniqueScope')}</span>
            <FilterBuilder
              fields={fields}
              filter={(unique.filter ?? EVERYTHING) as unknown as Filter}
              onChange={(filter) => patch(unique.id, { filter: (filter ?? undefined) as unknown as Json })}
            />
          </div>
        </Card>
      ))}
      <Button
        type="dashed"
        icon={<Plus size={14} aria-hidden />}
        disabled={single.length === 0}
        onClick={() => single[0] && add(single[0].id)}
      >
        {t('filling.addUnique')}
      </Button>
    </div>
  )
}
