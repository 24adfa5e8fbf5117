/** Reads a bar code or QR code 扫码: the browser's own detector, else one fetched on the first scan; camera or picture. */
import { Button, Modal } from 'antd'
import { ImageUp } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useT } from '@/i18n/i18n'
import { toast } from '@/ui/toast'
import css from './fill.module.css'

interface Detector {
  detect: (source: ImageBitmapSource) => Promise<{ rawValue: string }[]>
}

/** The browser's detector where it can read QR codes, else the one of our own origin. */
async function detectorOf(): Promise<Detector> {
  const own = (globalThis as { BarcodeDetector?: { new (): Detector; getSupportedFormats: () => Promise<string[]> } })
    .BarcodeDetector
  if (own && (await own.getSupportedFormats().catch((): string[] => [])).includes('qr_code')) return new own()
  const { makeDetector } = await import('./detector')
  return makeDetector()
}

/** Looks through the camera until a code is seen. */
function useCamera(onRead: (text: string) => void) {
  const video = useRef<HTMLVideoElement>(null)
  const [dark, setDark] = useState(false)
  const latest = useRef(onRead)
  latest.current = onRead
  useEffect(() => {
    let stream: MediaStream | undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    let over = false
    const look = async (detector: Detector) => {
      if (over || !video.current) return
      const [code] = video.current.readyState < 2 ? [] : await detector.detect(video.current).catch(() => [])
      if (over) return
      if (code?.rawValue) latest.current(code.rawValue)
      else timer = setTimeout(() => void look(detector), 200)
    }
    const begin = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
      if (over || !video.current) {
        for (const track of stream.getTracks()) track.stop()
        return
      }
      video.current.srcObject = stream
      await video.current.play()
      await look(await detectorOf())
    }
    Promise.resolve()
      .then(begin)
      .catch(() => setDark(true))
    return () => {
      over = true
      clearTimeout(timer)
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
  }, [])
  return { video, dark }
}

/** A dialog that closes with the text of the code. */
export default function Scanner({ onRead, onClose }: { onRead: (text: string) => void; onClose: () => void }) {
  const t = useT()
  const picker = useRef<HTMLInputElement>(null)
  const { video, dark } = useCamera(onRead)
  const read = async (file: File | undefined) => {
    if (!file) return
    try {
      const [code] = await (await detectorOf()).detect(await createImageBitmap(file))
      if (code?.rawValue) onRead(code.rawValue)
      else toast.error(t('fill.scanNothing'))
    } catch {
      toast.error(t('fill.scanNothing'))
    }
  }
  return (
    <Modal open title={t('fill.scan')} footer={null} onCancel={onClose}>
      {dark ? (
        <p className={css.quiet}>{t('fill.scanNoCamera')}</p>
      ) : (
        <video ref={video} className={css.camera} muted playsInline aria-label={t('fill.scanning')} />
      )}
      <div className={css.scanFoot}>
        <span className={css.quiet}>{dark ? '' : t('fill.scanning')}</span>
        <Button icon={<ImageUp size={14} aria-hidden />} onClick={() => picker.current?.click()}>
          {t('fill.scanFile')}
        </Button>
        <input
          ref={picker}
          type="file"
          accept="image/*"
          hidden
          aria-label={t('fill.scanFile')}
          onChange={(event) => {
            void read(event.target.files?.[0])
            event.target.value = ''
          }}
        />
      </div>
    </Modal>
  )
}
