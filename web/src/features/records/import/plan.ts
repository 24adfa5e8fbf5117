/** How a file becomes records 导入方案: which column goes where, what is read instead of what. */
import type { components } from '@/api/schema'
import type { T } from '@/i18n/i18n'
import { type FormShape, fieldsOf, nestedOf } from '@/ui/record/shape'

export type Uploaded = components['schemas']['ImportOut']
export type Verdict = components['schemas']['Verdict']
export type Trouble = components['schemas']['Trouble']
export type Progress = components['schemas']['Progress']

export interface Plan {
  sheet: string
  header_row: number
  encoding: string
  delimiter: string
  columns: Record<string, string>
  replace: Record<string, Record<string, string>>
  key: string
  skip_bad: boolean
}

/** The plan that the server guessed: the first column that seems to be a field gets it. */
export function planOf(file: Uploaded): Plan {
  const taken = new Set<string>()
  const columns: Record<string, string> = {}
  for (const { index, guess } of file.columns) {
    if (!guess || taken.has(guess)) continue
    taken.add(guess)
    columns[String(index)] = guess
  }
  const { sheet, header_row, encoding = '', delimiter = '' } = file
  return { sheet, header_row, encoding, delimiter, columns, replace: {}, key: '', skip_bad: true }
}

export interface Target {
  value: string
  label: string
  required: boolean
}

/** The fields that a column may go to, the columns of subforms among them. */
export function targetsOf(shape: FormShape, file: Pick<Uploaded, 'targets'>, t: T): Target[] {
  const open = new Set(file.targets)
  return fieldsOf(shape).flatMap((field) => {
    const inner = nestedOf(field)
    const required = field.required === true && (field.default ?? null) === null
    if (inner.length === 0) return open.has(field.id) ? [{ value: field.id, label: field.label, required }] : []
    return inner
      .map((column) => ({
        value: `${field.id}.${column.id}`,
        label: t('records.columnOf', { form: field.label, field: column.label }),
        required: false,
      }))
      .filter(({ value }) => open.has(value))
  })
}

/** The plan with a column sent elsewhere; a field takes one column only. */
export function withColumn(plan: Plan, index: number, field: string): Plan {
  const others = Object.entries(plan.columns).filter(([at, to]) => at !== String(index) && to !== field)
  return { ...plan, columns: Object.fromEntries(field ? [...others, [String(index), field]] : others) }
}

/** The plan that reads `instead` where the file says `text`; undefined takes that back. */
export function withReplacement(plan: Plan, field: string, text: string, instead: string | undefined): Plan {
  const of = { ...plan.replace[field] }
  if (instead === undefined) delete of[text]
  else of[text] = instead
  return { ...plan, replace: { ...plan.replace, [field]: of } }
}

/** Required fields that no column goes to. */
export function missingTargets(plan: Plan, targets: Target[]): Target[] {
  const used = new Set(Object.values(plan.columns))
  return targets.filter(({ value, required }) => required && !used.has(value))
}
