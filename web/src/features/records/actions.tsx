/** Buttons that turn a record into a new one of another form 转换, with values carried over. */
import { Button } from 'antd'
import { useMemo } from 'react'
import type { Values } from '@/fields/field'
import { Computer } from '@/ui/record/compute'
import type { Action, FormShape } from '@/ui/record/shape'
import { seenValues } from '@/ui/record/system'
import { carry } from './carried'
import { NEW } from './place'
import type { RecordOut } from './use-records'

/** What an action carries over: each target field's expression over this record. */
export function carriedBy(action: Action, computer: Computer, values: Values): Values {
  const found = Object.entries(action.fill ?? {}).map(([id, text]) => [id, computer.value(text, values) ?? null])
  return Object.fromEntries(found.filter(([, value]) => value !== null))
}

/** Whether it changes the record that it stands on, once the new one is kept. */
function sets({ then_set }: Action): boolean {
  return Object.keys(then_set ?? {}).length > 0
}

/** Those whose condition holds and whose form the asker may add to. */
export function Actions({
  shape,
  record,
  onOpen,
}: {
  shape: FormShape
  record: RecordOut
  onOpen: (form: string, id: string) => void
}) {
  const values = useMemo(() => seenValues(record as never), [record])
  const computer = useMemo(() => new Computer(shape, { me: null, related: () => undefined }), [shape])
  const possible = (shape.definition.actions ?? []).filter(
    (action) =>
      shape.forms[action.target]?.can_create !== false &&
      (!sets(action) || record.can?.includes('update')) &&
      computer.holds(action.when, values),
  )
  return possible.map((action) => (
    <Button
      key={action.id}
      size="small"
      onClick={() => {
        const source = { form: shape.form, record: record.id, action: action.id }
        carry(action.target, carriedBy(action, computer, values), sets(action) ? source : undefined)
        onOpen(action.target, NEW)
      }}
    >
      {action.label}
    </Button>
  ))
}
