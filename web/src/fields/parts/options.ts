/** Options of a choice 选项: found, named, and made from lines of text. */
import type { Option, Origin } from '@/fields/field'
import { t } from '@/i18n/i18n'
import { HUES, type Hue } from '@/theme/tokens'

export interface OptionSettings {
  options?: Option[]
  /** Instead of options of its own, what another form's records hold. */
  source?: Origin | null
}

/** The option of an id; one that is gone shows its id, an answer of one's own its text. */
export function optionOf(options: Option[] | undefined, id: string): Option {
  return options?.find((each) => each.id === id) ?? { id, label: id.replace(/^other:/, '') }
}

/** What may be chosen now: no retired ones, but those that are held already. */
export function choosable(options: Option[] | undefined, held: string[]): Option[] {
  return (options ?? []).filter((each) => !each.retired || held.includes(each.id))
}

/** A fresh id that reads like the label where that is possible. */
export function newOptionId(label: string, taken: string[]): string {
  const slug = label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 40)
  const base = slug || 'option'
  if (slug && !taken.includes(slug)) return slug
  for (let count = 1; ; count += 1) if (!taken.includes(`${base}_${count}`)) return `${base}_${count}`
}

/** The next hue of the seven. */
export function nextHue(count: number): Hue {
  return HUES[(count * 3 + 5) % HUES.length] ?? 'blue'
}

/** The options that lines of text mean: known labels keep their id and hue, new ones are added, missing ones go. */
export function optionsFromLines(text: string, before: Option[]): Option[] {
  const labels = [...new Set(text.split('\n').map((line) => line.trim()))].filter(Boolean)
  const made: Option[] = []
  for (const label of labels) {
    const known = before.find((each) => each.label === label)
    const taken = [...before, ...made].map((each) => each.id)
    made.push(known ?? { id: newOptionId(label, taken), label, color: nextHue(made.length) })
  }
  return made
}

/** What a new choice begins with. */
export function firstOptions(): Option[] {
  return (['blue', 'green', 'orange'] as const).map((color, at) => ({
    id: `option_${at + 1}`,
    label: t('fields.optionLabel', { number: at + 1 }),
    color,
  }))
}
