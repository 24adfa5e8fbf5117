/** A new record of another form while a reference is being picked 就地新建. */
import { Modal } from 'antd'
import { type ReactNode, useCallback, useMemo, useState } from 'react'
import { useApi } from '@/api/query'
import type { Option } from '@/fields/context'
import type { Values } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { type FormShape, shapeOf } from '@/ui/record/shape'
import { RecordSurroundings } from '@/ui/record/surroundings'
import { FormBones } from '@/ui/skeletons'
import { Editor } from './editor'

interface Wanted {
  form: string
  text: string
  answer: (option: Option | null) => void
}

function Dialog({ app, wanted, onClose }: { app: string; wanted: Wanted; onClose: () => void }) {
  const t = useT()
  const { form, text, answer } = wanted
  const asked = useApi('/api/apps/{app}/forms/{form}', { params: { path: { app, form } } })
  const shape = useMemo(() => (asked.data ? shapeOf(asked.data) : undefined), [asked.data])
  const title = shape?.definition.title
  const prefill = useMemo<Values>(() => (title && text ? { [title]: text } : {}), [title, text])
  const end = (option: Option | null) => {
    answer(option)
    onClose()
  }
  return (
    <Modal
      open
      width={720}
      footer={null}
      title={t('record.createTitle', { name: shape?.definition.name ?? '' })}
      onCancel={() => end(null)}
      styles={{ body: { margin: '0 -20px -20px' } }}
    >
      {shape ? (
        <RecordSurroundings shape={shape}>
          <Editor
            {...{ shape, prefill }}
            single
            onSaved={(record) => end({ id: record.id, title: record.title || text, values: record.values as Values })}
            onCancel={() => end(null)}
          />
        </RecordSurroundings>
      ) : (
        <FormBones />
      )}
    </Modal>
  )
}

/** Around a form whose references may be added to in place, as far as the asker may. */
export function QuickCreating({
  shape,
  openRecord,
  record,
  children,
}: {
  shape: FormShape
  /** The record that is edited, if it is one. */
  record?: string
  openRecord: (form: string, id: string) => void
  children: ReactNode
}) {
  const [wanted, setWanted] = useState<Wanted | null>(null)
  const create = useCallback(
    (form: string, text: string) =>
      shape.forms[form]?.can_create
        ? new Promise<Option | null>((answer) => setWanted({ form, text, answer }))
        : Promise.resolve(null),
    [shape],
  )
  return (
    <RecordSurroundings shape={shape} openRecord={openRecord} createRecord={create} record={record}>
      {children}
      {wanted ? <Dialog app={shape.app} wanted={wanted} onClose={() => setWanted(null)} /> : null}
    </RecordSurroundings>
  )
}
