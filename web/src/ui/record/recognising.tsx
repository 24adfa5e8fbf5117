/** Fields filled in from a picture or a text 识别填写: what was read is shown first, and taken field by field. */
import { Button, Checkbox, Input, Modal } from 'antd'
import { ImageUp, TextSelect } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { sentenceOf } from '@/api/problem'
import { useSession } from '@/api/session'
import { type Suggested, useFieldContext } from '@/fields/context'
import type { Values } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { prepared } from '@/ui/fill/picture'
import css from './event-note.module.css'
import { FieldValue } from './field-value'
import { fieldsOf, isBlank, type Recognition } from './shape'
import { kept } from './use-events'
import type { RecordFormState } from './use-record-form'

const LONGEST_SIDE = 2000
const LONGEST_TEXT = 20_000

interface ReadProps {
  state: RecordFormState
  found: Suggested
  chosen: string[]
  onChoose: (ids: string[]) => void
}

/** Every field that was read: what it holds now, what was read, and a box to take it. */
function Read({ state, found, chosen, onChoose }: ReadProps) {
  const t = useT()
  const fields = fieldsOf(state.shape).filter(({ id }) => id in found.values && !isBlank(found.values[id]))
  if (fields.length === 0) return <p className={css.quiet}>{t('record.readNothing')}</p>
  const flip = (id: string) => onChoose(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id])
  const around = { id: '', values: found.values as Values, titles: found.titles ?? {} }
  return (
    <>
      <ul className={css.preview}>
        {fields.map((field) => (
          <li key={field.id}>
            <Checkbox checked={chosen.includes(field.id)} aria-label={field.label} onChange={() => flip(field.id)} />
            <span>{field.label}</span>
            <span>
              {isBlank(state.values[field.id]) ? null : (
                <del>
                  <FieldValue
                    field={field}
                    value={state.values[field.id]}
                    record={{ id: '', values: state.values, titles: state.titles }}
                    mode="cell"
                  />
                </del>
              )}
              <FieldValue field={field} value={found.values[field.id]} record={around} mode="display" />
            </span>
          </li>
        ))}
      </ul>
      {found.problems.length > 0 ? (
        <p className={css.quiet}>{t('record.eventOdd', { count: found.problems.length })}</p>
      ) : null}
    </>
  )
}

function Picture({ file, onFile }: { file: File | null; onFile: (file: File) => void }) {
  const t = useT()
  const box = useRef<HTMLInputElement>(null)
  const [shown, setShown] = useState('')
  useEffect(() => {
    if (!file) return
    const address = URL.createObjectURL(file)
    setShown(address)
    return () => URL.revokeObjectURL(address)
  }, [file])
  return (
    <div className={css.choose}>
      <input
        ref={box}
        hidden
        type="file"
        accept="image/jpeg,image/png,image/webp"
        aria-label={t('record.readPicture')}
        onChange={({ target }) => {
          const [first] = target.files ?? []
          if (first) onFile(first)
          target.value = ''
        }}
      />
      {shown ? <img className={css.shown} src={shown} alt="" /> : null}
      <Button icon={<ImageUp size={16} aria-hidden />} onClick={() => box.current?.click()}>
        {t(file ? 'record.readOther' : 'record.readPicture')}
      </Button>
    </div>
  )
}

interface ReaderProps {
  recognition: Recognition
  state: RecordFormState
  onClose: () => void
}

function Reader({ recognition, state, onClose }: ReaderProps) {
  const t = useT()
  const { recognise } = useFieldContext()
  const [file, setFile] = useState<File | null>(null)
  const [text, setText] = useState('')
  const [found, setFound] = useState<Suggested | null>(null)
  const [chosen, setChosen] = useState<string[]>([])
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const open = new Set(
    fieldsOf(state.shape)
      .filter(state.writable)
      .map(({ id }) => id),
  )
  const read = async () => {
    setBusy(true)
    setProblem('')
    try {
      const sent = file && (await prepared(file, { longestSide: LONGEST_SIDE, marks: [] }))
      const answer = await recognise?.(recognition.id, { file: sent ?? undefined, text })
      if (!answer) return
      const values = kept({ ...answer, append: [] }, state.values, open)
      setFound({ ...answer, values })
      setChosen(Object.keys(values))
    } catch (error) {
      setProblem(sentenceOf(error))
    } finally {
      setBusy(false)
    }
  }
  const take = () => {
    if (found) state.set(kept({ ...found, blank: [] }, state.values, new Set(chosen.filter((id) => open.has(id)))))
    onClose()
  }
  const ready = recognition.source === 'text' ? text.trim() !== '' : file !== null
  return (
    <Modal
      open
      title={recognition.label}
      okText={found ? t('record.readTake', { count: chosen.length }) : t('record.readStart')}
      okButtonProps={{ disabled: found ? chosen.length === 0 : !ready, loading: busy }}
      cancelText={t('ui.cancel')}
      onOk={found ? take : () => void read()}
      onCancel={onClose}
    >
      {recognition.source === 'text' ? (
        <Input.TextArea
          autoFocus
          value={text}
          maxLength={LONGEST_TEXT}
          autoSize={{ minRows: 4, maxRows: 10 }}
          placeholder={t('record.readTextHint')}
          aria-label={t('record.readTextHint')}
          onChange={({ target }) => {
            setText(target.value)
            setFound(null)
          }}
        />
      ) : (
        <Picture
          file={file}
          onFile={(next) => {
            setFile(next)
            setFound(null)
          }}
        />
      )}
      {problem ? <p role="alert">{problem}</p> : null}
      {found ? <Read {...{ state, found, chosen }} onChoose={setChosen} /> : null}
    </Modal>
  )
}

/** A button for each way of reading that this server offers and that fills something which is open. */
export function Recognising({ state }: { state: RecordFormState }) {
  const { recognise } = useFieldContext()
  const services = useSession().data?.services ?? []
  const [open, setOpen] = useState<Recognition | null>(null)
  const fields = fieldsOf(state.shape)
  const offered = (state.shape.definition.recognitions ?? []).filter(
    ({ source, fills }) =>
      services.includes(source) && fields.some((field) => fills.includes(field.id) && state.writable(field)),
  )
  if (!recognise || offered.length === 0) return null
  const icons = { picture: ImageUp, text: TextSelect }
  return (
    <>
      {offered.map((each) => {
        const Icon = icons[each.source]
        return (
          <Button key={each.id} icon={<Icon size={14} aria-hidden />} onClick={() => setOpen(each)}>
            {each.label}
          </Button>
        )
      })}
      {open ? <Reader recognition={open} state={state} onClose={() => setOpen(null)} /> : null}
    </>
  )
}
