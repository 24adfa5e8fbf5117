/** The properties of the selected field 字段属性. */
import { Input, Segmented, Select, Switch } from 'antd'
import { type ReactNode, useMemo, useState } from 'react'
import { FieldContext, type FieldSurroundings, useFieldContext } from '@/fields/context'
import type { Field, Json, Width } from '@/fields/field'
import { MovingDay } from '@/fields/parts/bounds'
import { typeNamed } from '@/fields/registry'
import { useT } from '@/i18n/i18n'
import { EmptyState } from '@/ui/empty-state'
import { automaticOf, automaticWords, isAutomatic } from './automatic'
import { fieldAt, listAround } from './definition'
import css from './designer.module.css'
import { FormulaInput } from './formula-input'
import { LinkageInput } from './linkage-input'
import { FieldUses } from './more/field-uses'
import { TypePicker } from './more/type-picker'
import { guardOptions } from './options'
import { Part, Row } from './rows'
import { isSlug } from './slugs'
import { useDesigner } from './use-designer'

const WIDTHS: Width[] = ['auto', 'full', 'half', 'third', 'quarter']
const COMPUTABLE = ['text', 'number', 'boolean', 'time']

function IdRow({ path, field }: { path: string; field: Field }) {
  const t = useT()
  const { form, published, rename } = useDesigner()
  const [typed, setTyped] = useState<string | null>(null)
  const id = typed ?? field.id
  const taken = (listAround(form, path) ?? []).some((each) => each !== field && each.id === id)
  const wrong = !isSlug(id) || taken
  const done = () => {
    setTyped(null)
    if (typed !== null && typed !== field.id && !wrong) rename(path, typed)
  }
  return (
    <Row label={t('designer.id')} hint={wrong ? t('designer.idWrong') : t('designer.idHint')} wrong={wrong}>
      <Input
        value={id}
        disabled={published.has(path)}
        status={wrong ? 'error' : undefined}
        className={css.code}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={done}
        onPressEnter={done}
      />
    </Row>
  )
}

/** So many words have room beside one another. */
const ABREAST = 4

function DefaultValue({ path, field }: { path: string; field: Field }) {
  const t = useT()
  const { patch } = useDesigner()
  const formula = field.default_formula !== undefined
  const automatic = automaticOf(field)
  const constant = field.default !== undefined && field.default !== null
  const held: string = field.linkage
    ? 'linkage'
    : formula
      ? 'formula'
      : isAutomatic(field.default)
        ? 'automatic'
        : constant
          ? 'constant'
          : 'none'
  const [chosen, setChosen] = useState<string | null>(null)
  const mode = chosen ?? held
  const type = typeNamed(field.type)
  if (type === undefined) return null
  const choose = (next: string) => {
    setChosen(next)
    patch(path, {
      default: next === 'automatic' ? automatic : undefined,
      default_formula: next === 'formula' ? '' : undefined,
      linkage: next === 'linkage' ? { form: '', field: '' } : undefined,
    })
  }
  const kinds = [
    { value: 'none', label: t('designer.noDefault') },
    { value: 'constant', label: t('designer.constant') },
    ...(automatic === undefined ? [] : [{ value: 'automatic', label: t('designer.automaticValue') }]),
    { value: 'formula', label: t('designer.formula') },
    { value: 'linkage', label: t('designer.linkage') },
  ]
  return (
    <Part title={t('designer.defaultValue')}>
      {kinds.length > ABREAST ? (
        <Select value={mode} options={kinds} aria-label={t('designer.defaultValue')} onChange={choose} />
      ) : (
        <Segmented block value={mode} options={kinds} onChange={choose} />
      )}
      {mode === 'automatic' && automatic !== undefined ? (
        <>
          <p className={css.hint}>{automaticWords(String(field.default ?? automatic), t)}</p>
          {automatic === '@today' ? (
            <MovingDay value={String(field.default ?? automatic)} onChange={(text) => patch(path, { default: text })} />
          ) : null}
        </>
      ) : null}
      {mode === 'constant' ? (
        <type.Input
          field={{ ...field, label: t('designer.defaultValue'), required: false }}
          value={(field.default as never) ?? null}
          values={{}}
          onChange={(value: Json) => patch(path, { default: value ?? undefined })}
        />
      ) : null}
      {mode === 'linkage' && field.linkage ? (
        <LinkageInput field={field} value={field.linkage} onChange={(linkage) => patch(path, { linkage })} />
      ) : null}
      {mode === 'formula' ? (
        <FormulaInput
          path={path}
          label={t('designer.defaultValue')}
          value={field.default_formula ?? ''}
          onChange={(text) => patch(path, { default_formula: text })}
        />
      ) : null}
    </Part>
  )
}

function Computed({ path, field }: { path: string; field: Field }) {
  const t = useT()
  const { patch } = useDesigner()
  const on = field.formula !== undefined
  return (
    <Part
      title={t('designer.computed')}
      end={
        <Switch
          size="small"
          checked={on}
          aria-label={t('designer.computed')}
          onChange={(next) => patch(path, { formula: next ? '' : undefined })}
        />
      }
    >
      {on ? (
        <>
          <p className={css.hint}>{t('designer.computedHint')}</p>
          <FormulaInput
            path={path}
            label={t('designer.formula')}
            value={field.formula ?? ''}
            onChange={(formula) => patch(path, { formula })}
          />
        </>
      ) : null}
    </Part>
  )
}

type Flag = 'required' | 'unique' | 'read_only' | 'hidden' | 'scan'

function Behaviour({ path, field }: { path: string; field: Field }) {
  const t = useT()
  const { patch } = useDesigner()
  const type = typeNamed(field.type)
  const column = path.includes('.')
  const typed = type?.given !== true && field.formula === undefined
  const flags: [Flag, string, boolean][] = [
    ['required', t('designer.required'), typed],
    [
      'unique',
      t('designer.unique'),
      !column && type?.kind !== 'rows' && type?.kind !== 'list' && type?.kind !== 'boolean',
    ],
    ['read_only', t('designer.readOnly'), typed],
    ['hidden', t('designer.hidden'), true],
    ['scan', t('designer.scan'), typed && !column && type?.kind === 'text' && type.group === 'basic'],
  ]
  return (
    <Part title={t('designer.behaviour')}>
      {flags
        .filter(([flag, , offered]) => offered || field[flag] === true)
        .map(([flag, label]) => (
          <div key={flag} className={css.flag}>
            <span>{label}</span>
            <Switch
              size="small"
              checked={field[flag] === true}
              aria-label={label}
              onChange={(on) => patch(path, { [flag]: on ? true : undefined })}
            />
          </div>
        ))}
    </Part>
  )
}

/** What the settings of the field at `path` may use: the columns beside it, and conditions over all of them. */
function AroundField({ path, children }: { path: string; children: ReactNode }) {
  const around = useFieldContext()
  const { form } = useDesigner()
  const beside = useMemo(() => {
    const columns = path.includes('.') ? (listAround(form, path) ?? []) : []
    return columns.filter(({ id }) => !path.endsWith(`.${id}`))
  }, [form, path])
  const Expression = useMemo<FieldSurroundings['Expression']>(
    () => (props) => <FormulaInput {...props} path={path} condition />,
    [path],
  )
  const value = useMemo(() => ({ ...around, beside, Expression }), [around, beside, Expression])
  return <FieldContext.Provider value={value}>{children}</FieldContext.Provider>
}

function OneField({ path, field }: { path: string; field: Field }) {
  const t = useT()
  const designer = useDesigner()
  const { patch, relabel } = designer
  const type = typeNamed(field.type)
  const Settings = type?.Settings
  const stands = type?.valued === false
  const plain = !stands && type?.given !== true && type?.kind !== 'rows' && field.formula === undefined
  return (
    <div className={css.pane}>
      <TypePicker path={path} field={field}>
        {designer.published.has(path) ? <FieldUses form={designer.form.id} path={path} label={field.label} /> : null}
      </TypePicker>
      <Row label={t('designer.label')}>
        <Input
          value={field.label}
          maxLength={200}
          onChange={(event) => patch(path, { label: event.target.value })}
          onBlur={() => relabel(path)}
          data-first
        />
      </Row>
      <IdRow key={path} path={path} field={field} />
      {Settings === undefined ? null : (
        <Part title={t('designer.settings')}>
          <Settings
            field={field}
            onChange={(change: Partial<Field>) => {
              void guardOptions(designer, path, field, change).then((allowed) => {
                if (allowed !== null) patch(path, allowed)
              })
            }}
          />
        </Part>
      )}
      {stands ? null : <Behaviour path={path} field={field} />}
      {plain ? <DefaultValue key={`default ${path}`} path={path} field={field} /> : null}
      {!stands && type?.given !== true && COMPUTABLE.includes(type?.kind ?? '') ? (
        <Computed path={path} field={field} />
      ) : null}
      <Row label={t('designer.help')} hint={t('designer.helpHint')}>
        <Input.TextArea
          value={field.help ?? ''}
          autoSize={{ minRows: 1, maxRows: 5 }}
          onChange={(event) => patch(path, { help: event.target.value || undefined })}
        />
      </Row>
      {plain && type?.kind !== 'boolean' && type?.kind !== 'list' ? (
        <Row label={t('designer.placeholder')}>
          <Input
            value={field.placeholder ?? ''}
            maxLength={200}
            onChange={(event) => patch(path, { placeholder: event.target.value || undefined })}
          />
        </Row>
      ) : null}
      {path.includes('.') ? null : <Widths paths={[path]} value={field.width ?? 'auto'} />}
    </div>
  )
}

function Widths({ paths, value }: { paths: string[]; value: Width | undefined }) {
  const t = useT()
  const { patch } = useDesigner()
  return (
    <Row label={t('designer.width')}>
      <Segmented
        block
        value={value as Width}
        options={WIDTHS.map((width) => ({ value: width, label: t(`designer.widths.${width}`) }))}
        onChange={(width) => {
          for (const path of paths) patch(path, { width: width === 'auto' ? undefined : width })
        }}
      />
    </Row>
  )
}

/** One field's properties; of several only what they share. */
export function FieldPane() {
  const t = useT()
  const { form, selection } = useDesigner()
  const [path = ''] = selection
  const field = fieldAt(form, path)
  if (field === undefined) return <EmptyState small figure="fish" title={t('designer.pickField')} />
  if (selection.length === 1)
    return (
      <AroundField path={path}>
        <OneField key={path} path={path} field={field} />
      </AroundField>
    )
  const widths = new Set(selection.map((each) => fieldAt(form, each)?.width ?? 'auto'))
  return (
    <div className={css.pane}>
      <div className={css.typeName}>{t('designer.manyFields', { count: selection.length })}</div>
      <Widths paths={selection} value={widths.size === 1 ? [...widths][0] : undefined} />
    </div>
  )
}
