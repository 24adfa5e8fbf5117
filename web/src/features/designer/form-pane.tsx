/** The properties of the form 表单属性. */
import { Collapse, Input, Segmented, Select } from 'antd'
import { typeNamed } from '@/fields/registry'
import { useT } from '@/i18n/i18n'
import { type Form, patched } from './definition'
import css from './designer.module.css'
import { EventsPane, RecognitionsPane, useSources } from './events/events-pane'
import { ActionsPane } from './filling/actions-pane'
import { AfterPane, SkinPane } from './filling-pane'
import { GroupsPane } from './groups-pane'
import { Row } from './rows'
import { ChecksPane, RulesPane } from './rules-pane'
import { SectionsPane } from './sections-pane'
import { SelectionsPane } from './selections-pane'
import { UniquesPane } from './uniques-pane'
import { useDesigner } from './use-designer'

function Basics() {
  const t = useT()
  const { form, editor } = useDesigner()
  const change = (patch: Partial<Form>) =>
    editor.change((draft) => patched(draft as Form, patch), `form:${Object.keys(patch).join()}`)
  const fields = (form.fields ?? []).filter((field) => typeNamed(field.type)?.valued !== false)
  const texts = fields.filter((field) => typeNamed(field.type)?.kind === 'text')
  return (
    <>
      <Row label={t('designer.formName')}>
        <Input value={form.name} maxLength={200} onChange={(event) => change({ name: event.target.value })} />
      </Row>
      <Row label={t('designer.description')}>
        <Input.TextArea
          value={form.description ?? ''}
          autoSize={{ minRows: 1, maxRows: 5 }}
          onChange={(event) => change({ description: event.target.value || undefined })}
        />
      </Row>
      <Row label={t('designer.titleField')} hint={t('designer.titleHint')}>
        <Select
          value={form.title ?? ''}
          options={[
            { value: '', label: t('designer.automatic') },
            ...texts.map(({ id, label }) => ({ value: id, label })),
          ]}
          onChange={(title) => change({ title: title || undefined })}
        />
      </Row>
      <Row label={t('designer.grid')}>
        <Segmented
          block
          value={form.grid ?? 2}
          options={[1, 2, 3, 4]}
          onChange={(grid) => change({ grid: grid === 2 ? undefined : grid })}
        />
      </Row>
      <Row label={t('designer.list')} hint={t('designer.listHint')}>
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          value={form.columns ?? []}
          options={fields.map(({ id, label }) => ({ value: id, label }))}
          onChange={(columns) => change({ columns: columns.length > 0 ? columns : undefined })}
        />
      </Row>
    </>
  )
}

/** Panels that fold; `open` names the one that a problem leads to. */
export function FormPane({ open, onOpen }: { open: string[]; onOpen: (keys: string[]) => void }) {
  const t = useT()
  const { form } = useDesigner()
  const reads = useSources().length > 0 || (form.recognitions ?? []).length > 0
  const count = (list: unknown[] | undefined) =>
    list?.length ? <span className={css.count}>{list.length}</span> : null
  const items = [
    { key: 'basics', label: t('designer.basics'), children: <Basics /> },
    { key: 'sections', label: t('designer.sections'), extra: count(form.sections), children: <SectionsPane /> },
    { key: 'rules', label: t('designer.rules'), extra: count(form.rules), children: <RulesPane /> },
    { key: 'checks', label: t('designer.checks'), extra: count(form.checks), children: <ChecksPane /> },
    { key: 'uniques', label: t('filling.uniques'), extra: count(form.uniques), children: <UniquesPane /> },
    { key: 'after', label: t('filling.after'), children: <AfterPane /> },
    { key: 'skin', label: t('filling.skin'), children: <SkinPane /> },
    {
      key: 'selections',
      label: t('designer.selections'),
      extra: count(form.selections),
      children: <SelectionsPane />,
    },
    { key: 'actions', label: t('filling.actions'), extra: count(form.actions), children: <ActionsPane /> },
    { key: 'events', label: t('events.title'), extra: count(form.events), children: <EventsPane /> },
    ...(reads
      ? [
          {
            key: 'recognitions',
            label: t('events.read'),
            extra: count(form.recognitions),
            children: <RecognitionsPane />,
          },
        ]
      : []),
    { key: 'groups', label: t('designer.permission'), extra: count(form.groups), children: <GroupsPane /> },
  ]
  return (
    <Collapse
      ghost
      className={css.collapse}
      items={items.map((item) => ({ ...item, className: css.collapseItem }))}
      activeKey={open}
      onChange={(keys) => onOpen(Array.isArray(keys) ? keys : [keys])}
    />
  )
}
