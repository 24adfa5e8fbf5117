/** What can be done with a list 列表工具栏: add, import and export at the left, ways of looking at the right. */
import { Button, Dropdown, Input, type MenuProps } from 'antd'
import { Download, Ellipsis, FileUp, Pencil, Plus, RefreshCw, RotateCcw, Search, Trash2, X } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useSession } from '@/api/session'
import { useT } from '@/i18n/i18n'
import { useGo } from '@/lib/route'
import { useIsPhone } from '@/lib/use-is-phone'
import { IconButton } from '@/ui/icon-button'
import type { FormShape } from '@/ui/record/shape'
import { Toolbar } from '@/ui/toolbar'
import { type ExportFormat, exportAddress, holdsFiles } from './export'
import type { ListAsk } from './list-state'
import css from './records.module.css'

const PAUSE = 300

/** A box that asks a moment after the last key. */
export function SearchBox({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const t = useT()
  const [text, setText] = useState(value)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => setText(value), [value])
  useEffect(() => () => clearTimeout(timer.current), [])
  return (
    <Input
      allowClear
      style={{ width: '100%', maxWidth: 220 }}
      prefix={<Search size={15} aria-hidden />}
      placeholder={t('ui.search')}
      aria-label={t('records.quickSearch')}
      value={text}
      maxLength={200}
      onChange={(event) => {
        const next = event.target.value
        setText(next)
        clearTimeout(timer.current)
        timer.current = setTimeout(() => onChange(next.trim()), PAUSE)
      }}
    />
  )
}

export interface BarProps {
  shape: FormShape
  ask: ListAsk
  columns: string[]
  chosen: number
  onAdd: () => void
  onImport: () => void
  onDelete: () => void
  onRestore: () => void
  onPurge: () => void
  onUnchoose: () => void
  onBin: (on: boolean) => void
  onRefresh: () => void
  busy: boolean
  /** Search, filter, columns, sort. */
  looking: ReactNode
}

function useMenu({ shape, ask, columns, onImport, onBin, onRefresh }: BarProps) {
  const t = useT()
  const go = useGo()
  const { data: session } = useSession()
  const { app, form, operations } = shape
  const may = (operation: string) => operations.includes(operation)
  const save = (format: ExportFormat, shown: string[]) => () =>
    window.location.assign(exportAddress({ app, form, format, ask, columns: shown }))
  const exports: MenuProps['items'] = [
    { key: 'xlsx', label: t('records.exportXlsx'), onClick: save('xlsx', columns) },
    { key: 'csv', label: t('records.exportCsv'), onClick: save('csv', columns) },
    { key: 'all', label: t('records.exportAll'), onClick: save('xlsx', []) },
    ...(holdsFiles(shape) ? [{ key: 'zip', label: t('records.exportZip'), onClick: save('zip', []) }] : []),
  ]
  const more: MenuProps['items'] = [
    { key: 'refresh', icon: <RefreshCw size={14} />, label: t('records.refresh'), onClick: onRefresh },
    ...(may('delete')
      ? [{ key: 'bin', icon: <Trash2 size={14} />, label: t('records.bin'), onClick: () => onBin(true) }]
      : []),
    ...(session?.admin
      ? [
          {
            key: 'design',
            icon: <Pencil size={14} />,
            label: t('records.editForm'),
            onClick: () => go(`/app/${app}/design/form/${form}`),
          },
        ]
      : []),
  ]
  const imports = { key: 'import', icon: <FileUp size={14} />, label: t('records.import'), onClick: onImport }
  return { may, exports, more, imports, admin: session?.admin === true }
}

function ChosenBar(props: BarProps) {
  const t = useT()
  const { chosen, ask, onDelete, onRestore, onPurge, onUnchoose } = props
  const { may, admin } = useMenu(props)
  return (
    <Toolbar label={t('records.chosenTools')}>
      <IconButton icon={X} label={t('records.unchoose')} onClick={onUnchoose} />
      <strong>{t('records.chosenCount', { count: chosen })}</strong>
      {ask.deleted ? (
        <>
          <Button icon={<RotateCcw size={15} />} onClick={onRestore}>
            {t('records.restore')}
          </Button>
          {admin ? (
            <Button danger icon={<Trash2 size={15} />} onClick={onPurge}>
              {t('records.purge')}
            </Button>
          ) : null}
        </>
      ) : may('delete') ? (
        <Button danger icon={<Trash2 size={15} />} onClick={onDelete}>
          {t('ui.delete')}
        </Button>
      ) : null}
    </Toolbar>
  )
}

/** The bar of a list, of its chosen rows, or of the recycle bin. */
export function ListBar(props: BarProps) {
  const t = useT()
  const phone = useIsPhone()
  const { chosen, ask, onAdd, onImport, onBin, onRefresh, busy, looking } = props
  const { may, exports, more, imports } = useMenu(props)
  if (chosen > 0) return <ChosenBar {...props} />
  if (phone)
    return (
      <Toolbar label={t('records.tools')}>
        {looking}
        <Dropdown trigger={['click']} menu={{ items: [...(may('import') ? [imports] : []), ...more] }}>
          <Button type="text" icon={<Ellipsis size={18} />} aria-label={t('ui.more')} />
        </Dropdown>
        {may('create') && !ask.deleted ? (
          <Button
            className={css.addFloating}
            type="primary"
            icon={<Plus size={24} />}
            aria-label={t('ui.add')}
            onClick={onAdd}
          />
        ) : null}
      </Toolbar>
    )
  return (
    <Toolbar label={t('records.tools')} end={looking}>
      {ask.deleted ? (
        <Button onClick={() => onBin(false)}>{t('records.leaveBin')}</Button>
      ) : (
        <>
          {may('create') ? (
            <Button type="primary" icon={<Plus size={16} />} onClick={onAdd}>
              {t('ui.add')}
            </Button>
          ) : null}
          {may('import') ? (
            <Button icon={<FileUp size={15} />} onClick={onImport}>
              {t('records.import')}
            </Button>
          ) : null}
          {may('export') ? (
            <Dropdown trigger={['click']} menu={{ items: exports }}>
              <Button icon={<Download size={15} />}>{t('records.export')}</Button>
            </Dropdown>
          ) : null}
        </>
      )}
      <IconButton icon={RefreshCw} label={t('records.refresh')} loading={busy} onClick={onRefresh} />
      {more.length > 1 ? (
        <Dropdown trigger={['click']} menu={{ items: more.slice(1) }}>
          <Button type="text" icon={<Ellipsis size={16} />} aria-label={t('ui.more')} />
        </Dropdown>
      ) : null}
    </Toolbar>
  )
}
