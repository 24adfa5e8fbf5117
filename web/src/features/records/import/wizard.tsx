/** A file becomes records 导入向导: upload, map, check, import; nothing is written before the last step. */
import { Button, Modal, Progress, Steps } from 'antd'
import { FileUp } from 'lucide-react'
import { type DragEvent, useEffect, useRef, useState } from 'react'
import { api } from '@/api/client'
import { upload } from '@/api/upload'
import { useT } from '@/i18n/i18n'
import { formatNumber } from '@/lib/format'
import { useIsPhone } from '@/lib/use-is-phone'
import type { FormShape } from '@/ui/record/shape'
import { toast } from '@/ui/toast'
import css from '../records.module.css'
import { Checking } from './checking'
import { Mapping } from './mapping'
import { type Plan, planOf, type Uploaded, type Verdict } from './plan'
import { Recent } from './recent'
import { Running } from './running'

interface WizardProps {
  shape: FormShape
  /** Dropped on the list; sent at once. */
  file?: File
  onClose: () => void
  /** Records may have come or gone. */
  onDone: () => void
}

type Step = 'upload' | 'map' | 'check' | 'run'
const STEPS: Step[] = ['upload', 'map', 'check', 'run']

function Drop({ shape, share, onFile }: { shape: FormShape; share: number | null; onFile: (file: File) => void }) {
  const t = useT()
  const input = useRef<HTMLInputElement>(null)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    const file = event.dataTransfer.files[0]
    if (file) onFile(file)
  }
  if (share !== null)
    return (
      <div className={css.drop}>
        <Progress type="circle" percent={Math.round(share * 100)} size={72} />
        <span>{t(share < 1 ? 'records.uploading' : 'records.reading')}</span>
      </div>
    )
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same
    <div className={css.drop} onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <FileUp size={32} aria-hidden />
      <div>{t('records.dropHere')}</div>
      <div className={css.quiet}>{t('records.fileKinds')}</div>
      <div className={css.buttons}>
        <Button type="primary" onClick={() => input.current?.click()}>
          {t('records.pickFile')}
        </Button>
        <Button href={`/api/apps/${shape.app}/forms/${shape.form}/import-template`}>{t('records.template')}</Button>
      </div>
      <input
        ref={input}
        type="file"
        hidden
        accept=".xlsx,.xls,.csv,.tsv,.txt,.zip"
        aria-label={t('records.pickFile')}
        onChange={(event) => {
          const file = event.target.files?.[0]
          if (file) onFile(file)
          event.target.value = ''
        }}
      />
    </div>
  )
}

/** The file, the plan, the verdict, and the requests between them. */
function useWizard({ shape, file: first }: WizardProps) {
  const [step, setStep] = useState<Step>('upload')
  const [share, setShare] = useState<number | null>(null)
  const [file, setFile] = useState<Uploaded | null>(null)
  const [plan, setPlan] = useState<Plan | null>(null)
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const [busy, setBusy] = useState(false)
  const [running, setRunning] = useState('')
  const resume = (id: string) => {
    setRunning(id)
    setStep('run')
  }
  const guarded = async (deed: () => Promise<void>) => {
    setBusy(true)
    try {
      await deed()
    } catch (error) {
      toast.error(error)
    } finally {
      setBusy(false)
      setShare(null)
    }
  }
  const take = (found: Uploaded) => {
    setFile(found)
    setPlan(planOf(found))
    setStep('map')
  }
  const send = (chosen: File) =>
    guarded(async () => {
      setShare(0)
      take(await upload<Uploaded>(`/api/apps/${shape.app}/forms/${shape.form}/imports`, chosen, setShare))
    })
  const started = useRef(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the file that was dropped, once
  useEffect(() => {
    if (!first || started.current) return
    started.current = true
    send(first)
  }, [])
  const params = { path: { id: file?.id ?? '' } }
  const readAs = (change: Partial<Plan>) =>
    guarded(async () => {
      if (!plan) return
      const { sheet, header_row, encoding, delimiter } = { ...plan, ...change }
      take(await api.post('/api/imports/{id}/read', { params, body: { sheet, header_row, encoding, delimiter } }))
    })
  const check = (asked: Plan | null = plan) =>
    guarded(async () => {
      if (!asked) return
      setVerdict(await api.post('/api/imports/{id}/check', { params, body: asked }))
      setStep('check')
    })
  const start = () =>
    guarded(async () => {
      if (!plan) return
      await api.post('/api/imports/{id}/start', { params, body: plan })
      resume(params.path.id)
    })
  return { step, setStep, share, file, plan, setPlan, verdict, busy, running, resume, send, readAs, check, start }
}

/** The dialog. It may be closed while the import runs. */
export function ImportWizard(props: WizardProps) {
  const t = useT()
  const phone = useIsPhone()
  const { shape, onClose, onDone } = props
  const wizard = useWizard(props)
  const { step, setStep, share, file, plan, setPlan, verdict, busy, running, resume, send, readAs, check, start } =
    wizard
  const blocked = verdict !== null && (verdict.good === 0 || (verdict.bad > 0 && !plan?.skip_bad))
  const foot = {
    upload: null,
    map: (
      <Button
        type="primary"
        loading={busy}
        disabled={Object.keys(plan?.columns ?? {}).length === 0}
        onClick={() => check()}
      >
        {t('records.check')}
      </Button>
    ),
    check: (
      <>
        <Button disabled={busy} onClick={() => setStep('map')}>
          {t('ui.back')}
        </Button>
        <Button type="primary" loading={busy} disabled={blocked} onClick={start}>
          {t('records.startImport', { count: formatNumber(verdict?.good ?? 0) })}
        </Button>
      </>
    ),
    run: <Button onClick={onClose}>{t('ui.close')}</Button>,
  }[step]
  return (
    <Modal
      open
      width={980}
      title={t('records.importTo', { name: shape.definition.name })}
      onCancel={onClose}
      footer={foot}
      mask={{ closable: false }}
    >
      <div className={css.stack}>
        {phone ? (
          <div className={css.quiet}>
            {STEPS.indexOf(step) + 1} / {STEPS.length} · {t(`records.step_${step}`)}
          </div>
        ) : (
          <Steps
            className={css.steps}
            size="small"
            current={STEPS.indexOf(step)}
            items={STEPS.map((each) => ({ title: t(`records.step_${each}`) }))}
          />
        )}
        {step === 'upload' ? (
          <>
            <Drop shape={shape} share={share} onFile={send} />
            <Recent shape={shape} onOpen={resume} />
          </>
        ) : null}
        {step === 'map' && file && plan ? (
          <Mapping {...{ shape, file, plan, busy }} onPlan={setPlan} onReadAs={readAs} />
        ) : null}
        {step === 'check' && verdict && plan ? (
          <Checking
            {...{ verdict, plan, busy }}
            onPlan={(next, recheck) => {
              setPlan(next)
              if (recheck) check(next)
            }}
          />
        ) : null}
        {step === 'run' && running ? <Running id={running} onEnd={onDone} /> : null}
      </div>
    </Modal>
  )
}
