/** The dashboard itself 仪表盘属性: its name, and for whom it is. */
import { Input, Select, Switch } from 'antd'
import { useDirectory } from '@/api/directory'
import { useT } from '@/i18n/i18n'
import type { Dashboard } from '../definition'
import css from './design.module.css'
import { Part, Property } from './parts'
import type { Board } from './use-board'

/** Shown while no widget is selected. */
export function BoardPane({ board }: { board: Board }) {
  const t = useT()
  const { data: directory } = useDirectory()
  const to = board.board.to ?? { everyone: true }
  const set = (patch: Partial<Dashboard>, key?: string) =>
    board.editor.change((edited) => void Object.assign(edited, patch), key)
  const kinds = ['roles', 'departments', 'members'] as const
  return (
    <div className={css.pane}>
      <Property label={t('dashboard.name')}>
        <Input
          value={board.board.name}
          maxLength={60}
          onChange={(event) => set({ name: event.target.value || ' ' }, 'name')}
        />
      </Property>
      <Part title={t('dashboard.audience')}>
        <div className={css.flag}>
          <span>{t('dashboard.everybody')}</span>
          <Switch
            size="small"
            checked={to.everyone === true}
            aria-label={t('dashboard.everybody')}
            onChange={(on) => set({ to: on ? { everyone: true } : {} })}
          />
        </div>
        {to.everyone
          ? null
          : kinds.map((kind) => (
              <Property key={kind} label={t(`dashboard.${kind}`)}>
                <Select
                  mode="multiple"
                  value={to[kind] ?? []}
                  showSearch={{ optionFilterProp: 'label' }}
                  options={(directory?.[kind] ?? []).map(({ id, name }) => ({ value: id, label: name }))}
                  onChange={(ids: string[]) => {
                    const { [kind]: _before, ...rest } = to
                    set({ to: ids.length > 0 ? { ...rest, [kind]: ids } : rest })
                  }}
                />
              </Property>
            ))}
      </Part>
      <p className={css.quiet}>{t('dashboard.pickWidget')}</p>
    </div>
  )
}
