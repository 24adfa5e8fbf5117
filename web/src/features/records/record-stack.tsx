/** The record that is open over the list, and one of another form over that 抽屉层叠; both stand in the address. */
import { useMemo } from 'react'
import { useApi } from '@/api/query'
import type { SetSearch } from '@/lib/route'
import { type FormShape, shapeOf } from '@/ui/record/shape'
import { RecordSurroundings } from '@/ui/record/surroundings'
import type { ListSearch } from './list-state'
import { NEW, peekOf } from './place'
import { QuickCreating } from './quick-create'
import { RecordPanel } from './record-panel'

interface StackProps {
  shape: FormShape
  search: Partial<ListSearch>
  setSearch: SetSearch<ListSearch>
  rows: { id: string }[]
  hear: (ids: string[]) => void
}

function Peek({ shape: own, search, setSearch, hear }: StackProps) {
  const [form = '', id = ''] = (search.peek ?? '').split(':')
  const { app } = own
  const answer = useApi(
    '/api/apps/{app}/forms/{form}',
    { params: { path: { app, form } } },
    { enabled: form !== own.form },
  )
  const shape = useMemo(
    () => (form === own.form ? own : answer.data ? shapeOf(answer.data) : undefined),
    [form, own, answer.data],
  )
  if (!shape) return null
  const open = (of: string, next: string) => setSearch({ peek: peekOf(of, next) })
  return (
    <RecordSurroundings shape={shape} openRecord={open}>
      <QuickCreating shape={shape} openRecord={open} record={id === NEW ? undefined : id}>
        <RecordPanel
          key={form}
          {...{ shape, id }}
          onTab={() => undefined}
          onClose={() => setSearch({ peek: undefined })}
          onOpen={open}
          onGo={(next) => setSearch({ peek: peekOf(form, next) }, { replace: true })}
          hear={form === own.form ? hear : () => undefined}
        />
      </QuickCreating>
    </RecordSurroundings>
  )
}

/** Drawers above the list. */
export function RecordStack(props: StackProps) {
  const { shape, search, setSearch, rows, hear } = props
  const { record, tab, peek } = search
  const at = rows.findIndex(({ id }) => id === record)
  const neighbours = at < 0 ? {} : { before: rows[at - 1]?.id, after: rows[at + 1]?.id }
  const open = (form: string, id: string) =>
    form === shape.form && !record ? setSearch({ record: id }) : setSearch({ peek: peekOf(form, id) })
  return (
    <>
      {record ? (
        <QuickCreating shape={shape} openRecord={open} record={record === NEW ? undefined : record}>
          <RecordPanel
            {...{ shape, id: record, tab, neighbours, hear }}
            onTab={(next) => setSearch({ tab: next }, { replace: true })}
            onClose={() => setSearch({ record: undefined, tab: undefined, peek: undefined })}
            onOpen={open}
            onGo={(next) => setSearch({ record: next }, { replace: true })}
          />
        </QuickCreating>
      ) : null}
      {peek ? <Peek {...props} /> : null}
    </>
  )
}
