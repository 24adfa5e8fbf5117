/** A form that is filled 填写表单: sections, columns, inputs, live formulas, problems at their fields. */
import { ConfigProvider } from 'antd'
import { memo, type ReactNode, useEffect, useRef } from 'react'
import type { Field, Json, Values } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import { useT } from '@/i18n/i18n'
import { useIsPhone } from '@/lib/use-is-phone'
import { Conditions } from './conditions'
import { Cover } from './cover'
import { EventNote } from './event-note'
import { FieldValue } from './field-value'
import { PartList } from './form-parts'
import css from './record.module.css'
import { Selecting } from './selecting'
import { isComputed, type Part, partsOf } from './shape'
import type { EventNote as Note } from './use-events'
import type { FieldProblem, RecordFormState } from './use-record-form'

/** Fingers need more than a mouse does; 16 px keeps a phone from zooming in. */
const FINGERS = { token: { controlHeight: 44, fontSize: 16 } }

/** Around what fingers touch on a phone. */
export function Fingers({ children }: { children: ReactNode }) {
  return useIsPhone() ? <ConfigProvider theme={FINGERS}>{children}</ConfigProvider> : children
}

const SPANS: Record<string, string | undefined> = {
  full: css.full,
  half: css.half,
  third: css.third,
  quarter: css.quarter,
}

const COLUMNS = ['', 'full', 'half', 'third', 'quarter']

/** The class of a field's width on a page of so many columns. */
export function spanOf(field: Field, grid = 2): string {
  const own = field.width === 'auto' ? undefined : field.width
  return SPANS[own ?? (typeNamed(field.type)?.kind === 'rows' ? 'full' : (COLUMNS[grid] ?? 'half'))] ?? ''
}

interface SlotProps {
  field: Field
  value: Json | undefined
  required: boolean
  locked: boolean
  problems: FieldProblem[]
  grid?: number
  titles: Record<string, string>
  /** Only for types whose value has to know its neighbours. */
  values: Values
  set: (values: Values) => void
  learn: (id: string, values: Values) => void
  note?: Note
  press: (button: string) => void
}

function Label({ field, required }: { field: Field; required: boolean }) {
  return (
    <label className={css.label} htmlFor={`field-${field.id}`}>
      {required ? (
        <span className={css.star} aria-hidden>
          *
        </span>
      ) : null}
      {field.label}
    </label>
  )
}

/** What holds no value: it is drawn as it is, without a label of the page's. */
function Standing({
  field,
  values,
  grid,
  note,
  press,
}: Pick<SlotProps, 'field' | 'values' | 'grid' | 'note' | 'press'>) {
  const Input = typeNamed(field.type)?.Input
  return Input ? (
    <div className={`${css.standing} ${spanOf(field, grid)}`} data-field={field.id}>
      <Input field={field} value={null} values={values} onChange={() => press(field.id)} />
      <EventNote note={note} />
    </div>
  ) : null
}

function Slot({ field, value, required, locked, problems, grid, titles, values, set, learn, note, press }: SlotProps) {
  const type = typeNamed(field.type)
  const whole = problems.find(({ path }) => path.length === 1) ?? (type?.kind === 'rows' ? undefined : problems[0])
  const inner = problems
    .filter(({ path }) => path.length > 1)
    .map(({ path, detail }) => ({ path: path.slice(1), detail }))
  const id = `field-${field.id}`
  const Input = type?.Input
  const given = isComputed(field) && !type?.given
  if (type?.valued === false) return <Standing {...{ field, values, grid, note, press }} />
  return (
    <div className={`${css.field} ${spanOf(field, grid)}`} data-field={field.id}>
      <Label field={field} required={required && !given} />
      {given || !Input ? (
        <output id={id} className={`${css.computed} ${type?.align === 'right' ? css.computedRight : ''}`}>
          <FieldValue field={field} value={value} record={{ id: '', values, titles }} mode="display" />
        </output>
      ) : (
        <Input
          {...{ field, id }}
          value={value ?? null}
          values={values}
          readOnly={locked}
          status={whole ? 'error' : undefined}
          describedBy={whole ? `${id}-problem` : field.help ? `${id}-help` : undefined}
          problems={inner.length > 0 ? inner : undefined}
          onChange={(next: Json) => set({ [field.id]: next })}
          onFill={set}
          onPick={learn}
        />
      )}
      {field.help ? (
        <div className={css.help} id={`${id}-help`}>
          {field.help}
        </div>
      ) : null}
      {whole ? (
        <div className={css.problem} id={`${id}-problem`} role="alert">
          {whole.detail}
        </div>
      ) : null}
      <EventNote note={note} />
    </div>
  )
}

const mentionsSame = (one: SlotProps, other: SlotProps) =>
  (typeNamed(one.field.type)?.mentions?.(one.field) ?? []).every((id) => one.values[id] === other.values[id])

/** Draws again only when what it shows has changed. */
const FieldSlot = memo(
  Slot,
  (one, other) =>
    one.field === other.field &&
    one.value === other.value &&
    one.required === other.required &&
    one.locked === other.locked &&
    one.titles === other.titles &&
    one.set === other.set &&
    one.note === other.note &&
    one.press === other.press &&
    one.grid === other.grid &&
    mentionsSame(one, other) &&
    one.problems.length === other.problems.length &&
    one.problems.every((each, at) => each === other.problems[at]),
)

/** Goes to the first field that has a problem. */
export function scrollToProblem(root: HTMLElement | null, problems: FieldProblem[]): void {
  const first = problems.find(({ path }) => path.length > 0)
  if (!first || !root) return
  const field = root.querySelector<HTMLElement>(`[data-field="${CSS.escape(String(first.path[0]))}"]`)
  const inside = first.path.length > 2 ? `${first.path[1]}.${first.path[2]}` : ''
  const cell = inside ? field?.querySelector<HTMLElement>(`[data-problem-path="${CSS.escape(inside)}"]`) : null
  const place = cell ?? field
  place?.scrollIntoView({ block: 'center', behavior: 'smooth' })
  place?.querySelector<HTMLElement>('input, textarea, button')?.focus({ preventScroll: true })
}

/** Everything that is wrong, each a way to its field. */
export function ProblemList({ problems }: { problems: FieldProblem[] }) {
  const t = useT()
  if (problems.length === 0) return null
  return (
    <div className={css.problems} role="alert">
      <strong>{t('record.problems', { count: problems.length })}</strong>
      <ul>
        {problems.slice(0, 8).map((problem) => (
          <li key={`${problem.path.join('.')}:${problem.detail}`}>
            <button
              type="button"
              onClick={(event) =>
                scrollToProblem(event.currentTarget.closest<HTMLElement>('[data-record-form]'), [problem])
              }
            >
              {problem.detail}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Inputs for these fields, each drawn again only when it has changed. */
export function Slots({ state, fields }: { state: RecordFormState; fields: Field[] }) {
  const { shape, values, shown, problems, titles, set, learn, events } = state
  return (
    <Conditions holds={state.holds}>
      {fields.map((field) => (
        <FieldSlot
          key={field.id}
          {...{ field, values, titles, set, learn }}
          note={events.notes[field.id]}
          press={events.press}
          grid={shape.definition.grid}
          value={values[field.id]}
          required={shown.required.has(field.id)}
          locked={!state.writable(field)}
          problems={problems.filter(({ path }) => path[0] === field.id)}
        />
      ))}
    </Conditions>
  )
}

/** Whether something is wrong that was not before: what was mended moves nobody while he types. */
export const isFresh = (now: FieldProblem[], before: FieldProblem[]) => now.some((each) => !before.includes(each))

/** Draws the state of `useRecordForm`, all of it on one page. */
export function RecordForm({ state }: { state: RecordFormState }) {
  const root = useRef<HTMLDivElement>(null)
  const told = useRef<FieldProblem[]>([])
  const { shape, shown, problems } = state
  useEffect(() => {
    const fresh = isFresh(problems, told.current)
    told.current = problems
    if (fresh) requestAnimationFrame(() => scrollToProblem(root.current, problems))
  }, [problems])
  const visible = (part: Part) => part.fields.filter((field) => !shown.hidden.has(field.id))
  const troubled = (part: Part) => part.fields.some(({ id }) => problems.some(({ path }) => path[0] === id))
  return (
    <Fingers>
      <div className={css.form} ref={root} data-record-form data-density={shape.definition.skin?.density}>
        <Cover skin={shape.definition.skin} />
        <ProblemList problems={problems} />
        <Selecting state={state} />
        <PartList
          parts={partsOf(shape.definition).filter((part) => visible(part).length > 0)}
          isTroubled={troubled}
          draw={(part) => <Slots state={state} fields={visible(part)} />}
        />
      </div>
    </Fingers>
  )
}
