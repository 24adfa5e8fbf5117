/** Rules and checks of the form 规则与校验. */
import { Button, Input, Select } from 'antd'
import { Plus, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useT } from '@/i18n/i18n'
import { IconButton } from '@/ui/icon-button'
import { type Check, type Form, type Hidden, named, patched, type Rule } from './definition'
import css from './designer.module.css'
import { FormulaInput } from './formula-input'
import { Row } from './rows'
import { free } from './slugs'
import { useDesigner } from './use-designer'

function Fields({
  label,
  value,
  onChange,
}: {
  label: string
  value: string[] | undefined
  onChange: (ids?: string[]) => void
}) {
  const { form } = useDesigner()
  const options = named(form).flatMap(({ id, label: name, nested }) => [
    { value: id, label: name },
    ...(nested ?? []).map((column) => ({ value: `${id}.${column.id}`, label: `${name} · ${column.label}` })),
  ])
  return (
    <Row label={label}>
      <Select
        mode="multiple"
        value={value ?? []}
        options={options}
        optionFilterProp="label"
        onChange={(ids) => onChange(ids.length > 0 ? ids : undefined)}
      />
    </Row>
  )
}

/** A rule among others, with a button that takes it away. */
export function Card({ place, onRemove, children }: { place: string; onRemove: () => void; children: ReactNode }) {
  const t = useT()
  return (
    <div className={css.ruleCard} data-place={place}>
      <IconButton
        className={css.ruleRemove}
        size="small"
        icon={Trash2}
        iconSize={14}
        label={t('designer.remove')}
        onClick={onRemove}
      />
      {children}
    </div>
  )
}

const HIDDEN: Hidden[] = ['keep', 'clear', 'recompute']

/** When a condition is met: shown, required, read-only. */
export function RulesPane() {
  const t = useT()
  const { form, editor } = useDesigner()
  const rules = form.rules ?? []
  const patch = (id: string, change: Partial<Rule>) =>
    editor.change(
      (draft) => {
        const rule = (draft as Form).rules?.find((each) => each.id === id)
        if (rule !== undefined) patched(rule, change)
      },
      `rule:${id}:${Object.keys(change).join()}`,
    )
  const add = () => {
    const id = free(
      'rule_1',
      rules.map((rule) => rule.id),
    )
    editor.change((draft) => {
      draft.rules = [...(draft.rules ?? []), { id, when: '' }]
    })
  }
  const remove = (id: string) =>
    editor.change((draft) => {
      draft.rules = draft.rules?.filter((rule) => rule.id !== id)
    })
  return (
    <div className={css.list}>
      <p className={css.hint}>{t('designer.rulesHint')}</p>
      {rules.some((rule) => rule.show?.length) ? (
        <Row label={t('filling.hiddenValues')} hint={t('filling.hiddenHint')}>
          <Select
            value={form.hidden ?? 'keep'}
            options={HIDDEN.map((value) => ({ value, label: t(`filling.whenHidden.${value}`) }))}
            onChange={(next) =>
              editor.change(
                (draft) => patched(draft as Form, { hidden: next === 'keep' ? undefined : (next as Hidden) }),
                'form:hidden',
              )
            }
          />
        </Row>
      ) : null}
      {rules.map((rule, at) => (
        <Card key={rule.id} place={`rules.${at}`} onRemove={() => remove(rule.id)}>
          <Row label={t('designer.when')}>
            <FormulaInput
              label={t('designer.when')}
              value={rule.when}
              condition
              onChange={(when) => patch(rule.id, { when })}
            />
          </Row>
          <Fields label={t('designer.show')} value={rule.show} onChange={(show) => patch(rule.id, { show })} />
          {rule.show?.length ? (
            <Row label={t('filling.hiddenOwn')}>
              <Select
                value={rule.hidden ?? 'form'}
                options={(['form', ...HIDDEN] as const).map((value) => ({
                  value,
                  label: t(`filling.whenHidden.${value}`),
                }))}
                onChange={(next) => patch(rule.id, { hidden: next === 'form' ? undefined : (next as Hidden) })}
              />
            </Row>
          ) : null}
          <Fields
            label={t('designer.require')}
            value={rule.require}
            onChange={(require) => patch(rule.id, { require })}
          />
          <Fields
            label={t('designer.readOnlyFields')}
            value={rule.read_only}
            onChange={(read_only) => patch(rule.id, { read_only })}
          />
        </Card>
      ))}
      <Button type="dashed" icon={<Plus size={14} aria-hidden />} onClick={add}>
        {t('designer.addRule')}
      </Button>
    </div>
  )
}

/** What must be true on submit. */
export function ChecksPane() {
  const t = useT()
  const { form, editor } = useDesigner()
  const checks = form.checks ?? []
  const patch = (id: string, change: Partial<Check>) =>
    editor.change(
      (draft) => {
        const check = (draft as Form).checks?.find((each) => each.id === id)
        if (check !== undefined) patched(check, change)
      },
      `check:${id}:${Object.keys(change).join()}`,
    )
  const add = () => {
    const id = free(
      'check_1',
      checks.map((check) => check.id),
    )
    editor.change((draft) => {
      draft.checks = [...(draft.checks ?? []), { id, that: '', message: '' }]
    })
  }
  const remove = (id: string) =>
    editor.change((draft) => {
      draft.checks = draft.checks?.filter((check) => check.id !== id)
    })
  return (
    <div className={css.list}>
      <p className={css.hint}>{t('designer.checksHint')}</p>
      {checks.map((check, at) => (
        <Card key={check.id} place={`checks.${at}`} onRemove={() => remove(check.id)}>
          <Row label={t('designer.that')}>
            <FormulaInput
              label={t('designer.that')}
              value={check.that}
              condition
              onChange={(that) => patch(check.id, { that })}
            />
          </Row>
          <Row label={t('designer.message')}>
            <Input
              value={check.message}
              maxLength={200}
              onChange={(event) => patch(check.id, { message: event.target.value })}
            />
          </Row>
          <Fields
            label={t('designer.marked')}
            value={check.fields}
            onChange={(fields) => patch(check.id, { fields })}
          />
        </Card>
      ))}
      <Button type="dashed" icon={<Plus size={14} aria-hidden />} onClick={add}>
        {t('designer.addCheck')}
      </Button>
    </div>
  )
}
