/** One row per field: edit, read or hidden 字段权限表. */
import { Segmented } from 'antd'
import { useT } from '@/i18n/i18n'
import { type Access, accessOf, withAccess } from './access'
import { named, type PermissionGroup } from './definition'
import css from './designer.module.css'
import { useDesigner } from './use-designer'

const WORDS: Access[] = ['edit', 'read', 'hidden']

interface FieldAccessProps {
  group: PermissionGroup
  onChange: (patch: Partial<PermissionGroup>) => void
}

/** All fields, with a row above that sets all of them. */
export function FieldAccess({ group, onChange }: FieldAccessProps) {
  const t = useT()
  const { form } = useDesigner()
  const rows = named(form).flatMap(({ id, label, nested }) => [
    { path: id, label, column: false },
    ...(nested ?? []).map((column) => ({ path: `${id}.${column.id}`, label: column.label, column: true })),
  ])
  const all = rows.map(({ path }) => path)
  const option = (words: Access[]) => words.map((value) => ({ value, label: t(`designer.access.${value}`) }))
  const set = (paths: string[], access: Access) => onChange(withAccess(group, all, paths, access))
  const words = new Set(all.map((path) => accessOf(group, path)))
  return (
    <div className={css.matrix}>
      <div className={css.matrixHead}>
        <span>{t('designer.allFields')}</span>
        <Segmented
          size="small"
          value={words.size === 1 ? ([...words][0] as Access) : ('' as Access)}
          options={option(WORDS)}
          onChange={(access) => set(access === 'hidden' ? all.filter((path) => !path.includes('.')) : all, access)}
        />
      </div>
      {rows.map(({ path, label, column }) => (
        <div key={path} className={css.matrixRow} data-column={column}>
          <span title={label}>{label}</span>
          <Segmented
            size="small"
            value={column && accessOf(group, path) === 'read' ? 'edit' : accessOf(group, path)}
            options={
              column
                ? [
                    { value: 'edit' as Access, label: t('designer.operation.read') },
                    { value: 'hidden' as Access, label: t('designer.access.hidden') },
                  ]
                : option(WORDS)
            }
            onChange={(access) => set([path], access)}
          />
        </div>
      ))}
    </div>
  )
}
