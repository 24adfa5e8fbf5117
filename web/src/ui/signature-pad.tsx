/** A pad to sign on 签名板: with finger, pen or mouse; a phone may turn it over the whole screen. Fields and tasks share it. */
import { Button } from 'antd'
import { Eraser, Maximize2, Undo2, X } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import SignaturePad from 'signature_pad'
import { useT } from '@/i18n/i18n'
import { useIsPhone } from '@/lib/use-is-phone'
import { IconButton } from './icon-button'
import css from './signature-pad.module.css'

const INK = '#14181f'
/** Around what was drawn, in pixels of the picture. */
const MARGIN = 12

interface SignatureBoxProps {
  /** The picture to send: PNG on a transparent ground, cut to what was drawn. */
  onDone: (picture: File) => void
  onCancel?: () => void
  /** What to call the file. */
  name?: string
  busy?: boolean
  label?: string
}

/** The canvas cut to its ink; the whole of it when it is bare. */
export function trimmed(canvas: HTMLCanvasElement): HTMLCanvasElement {
  const { width, height } = canvas
  const pixels = canvas.getContext('2d')?.getImageData(0, 0, width, height).data
  if (!pixels) return canvas
  let [left, top, right, bottom] = [width, height, 0, 0]
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      if ((pixels[(y * width + x) * 4 + 3] ?? 0) > 0) {
        left = Math.min(left, x)
        right = Math.max(right, x)
        top = Math.min(top, y)
        bottom = Math.max(bottom, y)
      }
  if (right < left) return canvas
  const cut = document.createElement('canvas')
  cut.width = right - left + 2 * MARGIN
  cut.height = bottom - top + 2 * MARGIN
  cut.getContext('2d')?.drawImage(canvas, MARGIN - left, MARGIN - top)
  return cut
}

/** A drawn pad upright again, for one that was turned by a quarter to fill a phone. */
export function uprighted(canvas: HTMLCanvasElement): HTMLCanvasElement {
  const turned = document.createElement('canvas')
  turned.width = canvas.height
  turned.height = canvas.width
  const pen = turned.getContext('2d')
  pen?.translate(0, canvas.width)
  pen?.rotate(-Math.PI / 2)
  pen?.drawImage(canvas, 0, 0)
  return turned
}

/** The strokes survive a change of size. */
function usePad() {
  const canvas = useRef<HTMLCanvasElement>(null)
  const pad = useRef<SignaturePad | null>(null)
  const [bare, setBare] = useState(true)
  useEffect(() => {
    const own = canvas.current
    if (!own) return
    const made = new SignaturePad(own, { penColor: INK, minWidth: 1, maxWidth: 3.2 })
    pad.current = made
    const told = () => setBare(made.isEmpty())
    made.addEventListener('endStroke', told)
    const resize = () => {
      const ratio = Math.max(window.devicePixelRatio || 1, 1)
      const strokes = made.toData()
      own.width = own.offsetWidth * ratio
      own.height = own.offsetHeight * ratio
      own.getContext('2d')?.scale(ratio, ratio)
      made.clear()
      made.fromData(strokes)
    }
    resize()
    const watch = new ResizeObserver(resize)
    watch.observe(own)
    return () => {
      watch.disconnect()
      made.removeEventListener('endStroke', told)
      made.off()
    }
  }, [])
  const change = useCallback((strokes: (now: SignaturePad) => void) => {
    if (!pad.current) return
    strokes(pad.current)
    setBare(pad.current.isEmpty())
  }, [])
  const clear = useCallback(() => change((now) => now.clear()), [change])
  const undo = useCallback(() => change((now) => now.fromData(now.toData().slice(0, -1))), [change])
  return { canvas, bare, clear, undo }
}

/** Draw, undo, clear, done. */
export function SignatureBox({ onDone, onCancel, name = 'signature.png', busy = false, label }: SignatureBoxProps) {
  const t = useT()
  const phone = useIsPhone()
  const [full, setFull] = useState(false)
  const { canvas, bare, clear, undo } = usePad()
  const turned = full && window.innerHeight > window.innerWidth
  const done = () => {
    if (!canvas.current) return
    const picture = trimmed(turned ? uprighted(canvas.current) : canvas.current)
    picture.toBlob((blob) => blob && onDone(new File([blob], name, { type: 'image/png' })), 'image/png')
  }
  return (
    <div className={full ? css.full : css.box} data-turned={turned}>
      <div className={css.paper}>
        <canvas ref={canvas} className={css.canvas} aria-label={label ?? t('ui.signHere')} role="img" />
        {bare ? <span className={css.hint}>{t('ui.signHere')}</span> : null}
      </div>
      <div className={css.tools}>
        <IconButton icon={Undo2} label={t('ui.undo')} disabled={bare} onClick={undo} />
        <IconButton icon={Eraser} label={t('ui.signAgain')} disabled={bare} onClick={clear} />
        {phone ? (
          <IconButton
            icon={full ? X : Maximize2}
            label={t(full ? 'ui.leaveFullScreen' : 'ui.fullScreen')}
            onClick={() => {
              clear()
              setFull(!full)
            }}
          />
        ) : null}
        <span className={css.gap} />
        {onCancel ? (
          <Button type="text" onClick={onCancel}>
            {t('ui.cancel')}
          </Button>
        ) : null}
        <Button type="primary" disabled={bare} loading={busy} onClick={done}>
          {t('ui.signDone')}
        </Button>
      </div>
    </div>
  )
}
