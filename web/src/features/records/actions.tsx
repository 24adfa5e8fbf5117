/** Buttons that turn a record into a new one of another form 转换, with values carried over. */
import { Button } from 'antd'
import { type ReactNode, useMemo } from 'react'
import { FieldContext, useFieldContext } from '@/fields/context'
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

interface ActionsProps {
  shape: FormShape
  record: RecordOut
  onOpen: (form: string, id: string) => void
}

/** The actions whose condition holds and whose form the asker may add to, and how to do one. */
function useActions({ shape, record, onOpen }: ActionsProps) {
  const values = useMemo(() => seenValues(record as never), [record])
  const computer = useMemo(() => new Computer(shape, { me: null, related: () => undefined }), [shape])
  const possible = (shape.definition.actions ?? []).filter(
    (action) =>
      shape.forms[action.target]?.can_create !== false &&
      (!sets(action) || record.can?.includes('update')) &&
      computer.holds(action.when, values),
  )
  const run = (action: Action) => {
    const source = { form: shape.form, record: record.id, action: action.id }
    carry(action.target, carriedBy(action, computer, values), sets(action) ? source : undefined)
    onOpen(action.target, NEW)
  }
  return { possible, run }
}

/** A button for each that no button of the form's own stands for. */
export function Actions(props: ActionsProps) {
  const { possible, run } = useActions(props)
  const placed = new Set((props.shape.definition.fields ?? []).map((field) => (field as { action?: string }).action))
  return possible
    .filter(({ id }) => !placed.has(id))
    .map((action) => (
      <Button key={action.id} size="small" onClick={() => run(action)}>
        {action.label}
      </Button>
    ))
}

/** Around a record, so that the form's own buttons can do its actions. */
export function ActionSurroundings({ children, ...props }: ActionsProps & { children: ReactNode }) {
  const around = useFieldContext()
  const { possible, run } = useActions(props)
  const doAction = (id: string) => {
    const found = possible.find((action) => action.id === id)
    if (found) run(found)
  }
  return <FieldContext.Provider value={{ ...around, doAction }}>{children}</FieldContext.Provider>
}
