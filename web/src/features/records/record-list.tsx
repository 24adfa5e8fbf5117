/** A form's records as a list 数据列表: views, tools, rows, and the record that is open. */
import { Button } from 'antd'
import { type DragEvent, useCallback, useEffect, useState } from 'react'
import { useT } from '@/i18n/i18n'
import { formatNumber } from '@/lib/format'
import { useIsPhone } from '@/lib/use-is-phone'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import type { FormShape } from '@/ui/record/shape'
import { RecordSurroundings } from '@/ui/record/surroundings'
import { RowBones } from '@/ui/skeletons'
import { Cards } from './cards'
import { ColumnsMenu } from './columns-menu'
import { purgeRecords, removeRecords, restoreRecords } from './deeds'
import { FilterChips, FilterPopover } from './filter-popover'
import { Grid } from './grid'
import { ImportWizard } from './import/wizard'
import { ListBar, SearchBox } from './list-bar'
import { NEW, peekOf } from './place'
import { Recomputing } from './recomputing'
import { RecordStack } from './record-stack'
import css from './records.module.css'
import { SortMenu } from './sort-menu'
import { useList } from './use-list'
import { useRecords } from './use-records'
import type { Kept } from './views'
import { ViewsBar } from './views-bar'

type List = ReturnType<typeof useList>
type Rows = ReturnType<typeof useRecords>

function Foot({ rows }: { rows: Rows }) {
  const t = useT()
  const { total, exact, countAll, isFetchingNextPage } = rows
  if (total === null) return null
  return (
    <div className={css.foot}>
      <span>
        {exact
          ? t('records.total', { total: formatNumber(total) })
          : t('records.totalOver', { total: formatNumber(total) })}
      </span>
      {exact ? null : (
        <button type="button" className={css.linkButton} onClick={() => countAll()}>
          {t('records.countAll')}
        </button>
      )}
      {isFetchingNextPage ? <span>{t('ui.loading')}</span> : null}
    </div>
  )
}

function Nothing({
  shape,
  list,
  onAdd,
  onImport,
}: {
  shape: FormShape
  list: List
  onAdd: () => void
  onImport: () => void
}) {
  const t = useT()
  const { state } = list
  if (state.deleted) return <EmptyState figure="house" title={t('records.binEmpty')} hint={t('records.binHint')} />
  if (state.filter || state.search)
    return (
      <EmptyState
        figure="fish"
        title={t('records.noMatch')}
        hint={t('records.noMatchHint')}
        action={<Button onClick={list.askNothing}>{t('records.clearFilter')}</Button>}
      />
    )
  const may = (operation: string) => shape.operations.includes(operation)
  return (
    <EmptyState
      title={t('records.empty', { name: shape.definition.name })}
      hint={shape.definition.description || t('records.emptyHint')}
      action={
        <>
          {may('create') ? (
            <Button type="primary" onClick={onAdd}>
              {t('ui.add')}
            </Button>
          ) : null}
          {may('import') ? <Button onClick={onImport}>{t('records.import')}</Button> : null}
        </>
      }
    />
  )
}

/** A file dropped on the list is imported. */
function useDrop(allowed: boolean, onFile: (file: File) => void) {
  const [over, setOver] = useState(false)
  const holdsFiles = (event: DragEvent) => allowed && event.dataTransfer.types.includes('Files')
  return {
    over,
    handlers: {
      onDragOver: (event: DragEvent) => {
        if (!holdsFiles(event)) return
        event.preventDefault()
        setOver(true)
      },
      onDragLeave: (event: DragEvent) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false)
      },
      onDrop: (event: DragEvent) => {
        if (!holdsFiles(event)) return
        event.preventDefault()
        setOver(false)
        const file = event.dataTransfer.files[0]
        if (file) onFile(file)
      },
    },
  }
}

function Looking({ list, shape }: { list: List; shape: FormShape }) {
  const phone = useIsPhone()
  return (
    <>
      <SearchBox value={list.state.search} onChange={list.setText} />
      <FilterPopover
        shape={shape}
        fields={list.filterable}
        filter={list.state.filter}
        onChange={list.setFilter}
        open={list.filterOpen}
        onOpen={list.openFilter}
        begun={list.begun}
      />
      {phone ? null : (
        <ColumnsMenu
          fields={list.fields}
          columns={list.state.columns}
          onChange={list.setColumns}
          onReset={() => list.setColumns(null)}
        />
      )}
      <SortMenu fields={list.fields} sort={list.state.sort} onChange={list.setSort} />
    </>
  )
}

/** The whole page. */
export function RecordList({ shape, kept }: { shape: FormShape; kept: Kept }) {
  const t = useT()
  const phone = useIsPhone()
  const { app, form, definition } = shape
  const list = useList(shape, kept)
  const rows = useRecords(app, form, list.ask)
  const { search, setSearch } = list
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [importing, setImporting] = useState<{ file?: File } | null>(null)
  const { over, handlers } = useDrop(shape.operations.includes('import'), (file) => setImporting({ file }))
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question, other rows
  useEffect(() => setChosen(new Set()), [list.ask])
  const open = (record: string) => list.state.deleted || setSearch({ record, tab: undefined, peek: undefined })
  const peek = useCallback((of: string, id: string) => setSearch({ peek: peekOf(of, id) }), [setSearch])
  const ids = [...chosen]
  const unchoose = () => setChosen(new Set())
  const then = (done: Promise<boolean>) =>
    done.then((ok) => {
      if (ok) unchoose()
      if (ok) rows.hear(ids)
    })
  const add = () => open(NEW)
  const grid = {
    columns: list.columns,
    title: definition.title,
    records: rows.records,
    titles: rows.titles,
    glowing: rows.glowing,
    onOpen: open,
    hasMore: rows.hasNextPage && !rows.isFetchingNextPage,
    onMore: () => void rows.fetchNextPage(),
  }
  const body = () => {
    if (rows.isError && rows.records.length === 0)
      return <ErrorState error={rows.error} onRetry={() => rows.refetch()} />
    if (rows.isPending) return <RowBones rows={12} />
    if (rows.records.length === 0) return <Nothing {...{ shape, list, onAdd: add, onImport: () => setImporting({}) }} />
    return phone ? (
      <Cards {...grid} />
    ) : (
      <Grid
        key={form}
        {...grid}
        {...{
          chosen,
          widths: list.state.widths,
          onResize: list.resize,
          current: search.record,
          sort: list.state.sort,
          onSort: list.setSort,
          onChoose: setChosen,
        }}
        onFilter={list.filterBy}
        onHide={(gone) => list.setColumns(list.state.columns.filter((id) => id !== gone))}
      />
    )
  }
  return (
    <RecordSurroundings shape={shape} openRecord={peek}>
      <div className={`${css.page} ${over ? css.over : ''}`} {...handlers}>
        <ViewsBar shape={shape} list={list} />
        <ListBar
          {...{ shape, ask: list.ask, columns: list.state.columns, chosen: chosen.size }}
          onAdd={add}
          onImport={() => setImporting({})}
          onDelete={() => then(removeRecords(app, form, ids, t, rows.hear))}
          onRestore={() => then(restoreRecords(app, form, ids, t))}
          onPurge={() => then(purgeRecords(app, form, ids, t))}
          onUnchoose={unchoose}
          onBin={list.setBin}
          onRefresh={() => void rows.refetch()}
          busy={rows.isRefetching}
          looking={<Looking list={list} shape={shape} />}
        />
        <FilterChips shape={shape} fields={list.filterable} filter={list.state.filter} onChange={list.setFilter} />
        <Recomputing app={app} form={form} />
        <div className={css.rest}>{body()}</div>
        <Foot rows={rows} />
      </div>
      <RecordStack shape={shape} search={search} setSearch={setSearch} rows={rows.records} hear={rows.hear} />
      {importing ? (
        <ImportWizard
          shape={shape}
          file={importing.file}
          onClose={() => setImporting(null)}
          onDone={() => void rows.refetch()}
        />
      ) : null}
    </RecordSurroundings>
  )
}
