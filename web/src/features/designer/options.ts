/** Before an option goes 删除选项: how many records hold it, and whether it should rather be retired. */
import { api } from '@/api/client'
import type { Field, Json, Option } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import { t } from '@/i18n/i18n'
import { confirm } from '@/ui/confirm'
import type { Designer } from './use-designer'

/** The options that `change` takes away. */
export function lost(field: Field, change: Partial<Field>): Option[] {
  const read = typeNamed(field.type)?.options
  if (read === undefined) return []
  const after = new Set(read({ ...field, ...change }).map(({ id }) => id))
  return read(field).filter(({ id }) => !after.has(id))
}

async function holders(designer: Designer, path: string, field: Field, gone: Option[]): Promise<number> {
  const several = typeNamed(field.type)?.kind === 'list'
  const filter = { field: path, op: several ? 'has_any' : 'in', value: gone.map(({ id }) => id) }
  const page = await api.post('/api/apps/{app}/forms/{form}/records/query', {
    params: { path: { app: designer.app, form: designer.form.id } },
    body: { filter, search: '', sort: [], after: '', limit: 1, total: true, exact: false, deleted: false },
  })
  return page.total ?? page.records.length
}

/** The change as it may be made: with the options retired when the person prefers that, null when he thinks better of it. */
export async function guardOptions(
  designer: Designer,
  path: string,
  field: Field,
  change: Partial<Field>,
): Promise<Partial<Field> | null> {
  const gone = designer.published.has(path) && !path.includes('.') ? lost(field, change) : []
  if (gone.length === 0) return change
  const count = await holders(designer, path, field, gone).catch(() => 0)
  if (count === 0) return change
  const labels = gone.map(({ label }) => label).join(t('design.comma'))
  const retire = await confirm({
    title: t('designer.optionTitle'),
    detail: t('designer.optionHeld', { labels, count }),
    action: t('designer.retire'),
    danger: false,
  })
  if (!retire) return null
  const changed = change as Record<string, Json>
  const [key = 'options'] = Object.keys(changed)
  const kept = gone.map((option) => ({ ...option, retired: true }))
  return { [key]: [...(changed[key] as Json[]), ...(kept as unknown as Json[])] } as Partial<Field>
}
