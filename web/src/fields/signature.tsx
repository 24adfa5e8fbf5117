/** A signature 手写签名, drawn with finger, pen or mouse. */
import { Button } from 'antd'
import { PenLine, Signature } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useT } from '@/i18n/i18n'
import { toast } from '@/ui/toast'
import { useFieldContext } from './context'
import { type CellProps, fieldType, type InputProps, type Json } from './field'
import css from './parts/fields.module.css'
import { filesOf, heldAs } from './parts/stored'

const SignatureBox = lazy(() => import('@/ui/signature-pad').then((found) => ({ default: found.SignatureBox })))

function Sheet({ value, height }: { value: Json | undefined; height: number }) {
  const t = useT()
  const { fileAddress } = useFieldContext()
  const [file] = filesOf(value)
  return file ? (
    <img className={css.signed} style={{ height }} src={fileAddress(file.id)} alt={t('fill.signed')} loading="lazy" />
  ) : null
}

function Sign({ field, value, onChange, disabled, readOnly, id }: InputProps<object, Json[]>) {
  const t = useT()
  const { upload } = useFieldContext()
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const locked = disabled || readOnly
  const done = async (picture: File) => {
    setBusy(true)
    try {
      onChange(heldAs([await upload(picture)]))
      setOpen(false)
    } catch (error) {
      toast.error(error)
    } finally {
      setBusy(false)
    }
  }
  if (open && !locked)
    return (
      <Suspense>
        <SignatureBox
          label={field.label}
          busy={busy}
          onDone={(picture) => void done(picture)}
          onCancel={() => setOpen(false)}
        />
      </Suspense>
    )
  const signed = filesOf(value).length > 0
  return (
    <div className={css.signing}>
      <Sheet value={value} height={72} />
      {locked ? null : (
        <Button id={id} icon={<PenLine size={14} aria-hidden />} onClick={() => setOpen(true)}>
          {t(signed ? 'fill.signAgain' : 'fill.sign')}
        </Button>
      )}
    </div>
  )
}

export default fieldType<object, Json[]>({
  label: { zh: '手写签名', en: 'Signature' },
  icon: Signature,
  group: 'files',
  rank: 3,
  kind: 'list',
  files: true,
  copyable: false,
  blank: {},
  columnWidth: 110,
  operators: ['empty', 'not_empty'],
  Input: Sign,
  Cell: ({ value }: CellProps<object, Json[]>) => <Sheet value={value} height={24} />,
  Display: ({ value }: CellProps<object, Json[]>) => <Sheet value={value} height={72} />,
})
