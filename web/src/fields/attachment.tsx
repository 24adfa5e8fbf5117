/** Files 附件 kept with a record. */
import { Button, Progress, Select } from 'antd'
import { Download, File as FileIcon, Paperclip, Upload, X } from 'lucide-react'
import { type DragEvent, useRef, useState } from 'react'
import { useT } from '@/i18n/i18n'
import { formatSize } from '@/lib/format'
import { IconButton } from '@/ui/icon-button'
import { type StoredFile, useFieldContext } from './context'
import { type CellProps, fieldType, type InputProps, type Json, type SettingsProps } from './field'
import css from './parts/fields.module.css'
import { Setting, Settings, Whole } from './parts/setting'
import { filesOf, heldAs, useUploads } from './parts/stored'

interface AttachmentSettings {
  max_count?: number
  max_megabytes?: number
  extensions?: string[]
}

const MEGABYTE = 1_000_000

function Row({ file, onRemove, share }: { file: StoredFile; onRemove?: () => void; share?: number }) {
  const t = useT()
  const { fileAddress } = useFieldContext()
  const picture = share === undefined && file.type?.startsWith('image/')
  return (
    <div className={css.file}>
      {picture ? (
        <img className={css.thumb} src={fileAddress(file.id)} alt="" loading="lazy" />
      ) : (
        <FileIcon size={16} aria-hidden />
      )}
      <span className={css.fileName} title={file.name}>
        {share === undefined ? (
          <a href={fileAddress(file.id)} download={file.name}>
            {file.name}
          </a>
        ) : (
          file.name
        )}
      </span>
      {share === undefined ? (
        <span className={css.small}>{formatSize(file.size)}</span>
      ) : (
        <Progress size="small" percent={Math.round(share * 100)} style={{ width: 120 }} />
      )}
      {onRemove ? <IconButton size="small" icon={X} label={t('ui.delete')} onClick={onRemove} /> : null}
      {!onRemove && share === undefined ? (
        <a href={fileAddress(file.id)} download={file.name} aria-label={t('fields.download', { name: file.name })}>
          <Download size={16} />
        </a>
      ) : null}
    </div>
  )
}

function useSending(props: InputProps<AttachmentSettings, Json[]>) {
  const t = useT()
  const { max_megabytes = 20, extensions = [], max_count = 10 } = props.field
  const refusal = (file: File): string => {
    if (file.size > max_megabytes * MEGABYTE) return t('fields.fileTooLarge', { name: file.name, limit: max_megabytes })
    const extension = file.name.split('.').at(-1)?.toLowerCase() ?? ''
    const refused = extensions.length > 0 && !extensions.includes(extension)
    return refused ? t('fields.fileKind', { name: file.name, allowed: extensions.join(', ') }) : ''
  }
  return useUploads(props, { most: max_count, refusal })
}

function Drop(props: InputProps<AttachmentSettings, Json[]>) {
  const t = useT()
  const { field, value, onChange, disabled, readOnly, id } = props
  const { going, send, room } = useSending(props)
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const files = filesOf(value)
  const locked = disabled || readOnly
  const drop = (event: DragEvent) => {
    event.preventDefault()
    event.stopPropagation()
    setOver(false)
    send(event.dataTransfer.files)
  }
  const without = (gone: string) => files.filter((each) => each.id !== gone)
  return (
    <div className={css.files}>
      {files.map((file) => (
        <Row key={file.id} file={file} onRemove={locked ? undefined : () => onChange(heldAs(without(file.id)))} />
      ))}
      {going.map((each) => (
        <Row key={each.name} file={{ id: '', name: each.name, size: 0, type: '' }} share={each.share} />
      ))}
      {locked || room <= 0 ? null : (
        // biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same
        <div
          className={`${css.drop} ${over ? css.dropOver : ''}`}
          onDragOver={(event) => {
            event.preventDefault()
            setOver(true)
          }}
          onDragLeave={() => setOver(false)}
          onDrop={drop}
        >
          <Button id={id} size="small" icon={<Upload size={14} />} onClick={() => input.current?.click()}>
            {t('fields.upload')}
          </Button>
          <span className={css.small}>{t('fields.uploadHint', { limit: field.max_megabytes ?? 20 })}</span>
          <input
            ref={input}
            type="file"
            multiple={room > 1}
            accept={field.extensions?.map((each) => `.${each}`).join(',')}
            hidden
            aria-label={field.label}
            onChange={(event) => {
              send(event.target.files)
              event.target.value = ''
            }}
          />
        </div>
      )}
    </div>
  )
}

function Names({ value }: CellProps<AttachmentSettings, Json[]>) {
  const files = filesOf(value)
  if (files.length === 0) return null
  return (
    <span className={css.cut} title={files.map((each) => each.name).join('\n')}>
      <Paperclip size={14} style={{ verticalAlign: '-2px' }} aria-hidden /> {files[0]?.name}
      {files.length > 1 ? ` +${files.length - 1}` : ''}
    </span>
  )
}

function List({ value }: CellProps<AttachmentSettings, Json[]>) {
  return (
    <div className={css.files}>
      {filesOf(value).map((file) => (
        <Row key={file.id} file={file} />
      ))}
    </div>
  )
}

function Pane({ field, onChange }: SettingsProps<AttachmentSettings>) {
  const t = useT()
  return (
    <Settings>
      <div className={css.pair}>
        <Whole
          label={t('fields.mostFiles')}
          value={field.max_count}
          fallback={10}
          min={1}
          max={50}
          onChange={(max_count) => onChange({ max_count })}
        />
        <Whole
          label={t('fields.mostMegabytes')}
          value={field.max_megabytes}
          fallback={20}
          min={1}
          max={100}
          onChange={(max_megabytes) => onChange({ max_megabytes })}
        />
      </div>
      <Setting label={t('fields.extensions')}>
        <Select
          mode="tags"
          value={field.extensions ?? []}
          placeholder="pdf, jpg, xlsx"
          tokenSeparators={[',', ' ', '，']}
          onChange={(next: string[]) =>
            onChange({ extensions: next.map((each) => each.replace(/^\./, '').toLowerCase()) })
          }
        />
      </Setting>
    </Settings>
  )
}

export default fieldType<AttachmentSettings, Json[]>({
  label: { zh: '附件', en: 'Attachment' },
  icon: Paperclip,
  group: 'files',
  rank: 2,
  kind: 'list',
  files: true,
  blank: {},
  columnWidth: 150,
  operators: ['empty', 'not_empty'],
  Input: Drop,
  Cell: Names,
  Display: List,
  Settings: Pane,
})
