/** Pictures 图片: from the camera or from files, made smaller and marked before they are sent. */
import { Checkbox, Progress } from 'antd'
import { Camera, Image, ImagePlus } from 'lucide-react'
import { useRef } from 'react'
import { useT } from '@/i18n/i18n'
import { formatTime } from '@/lib/format'
import { prepared } from '@/ui/fill/picture'
import { useFieldContext } from './context'
import { type CellProps, fieldType, type InputProps, type Json, type SettingsProps } from './field'
import css from './parts/fields.module.css'
import { later } from './parts/later'
import { Setting, Settings, Toggle, Whole } from './parts/setting'
import { filesOf, heldAs, useUploads } from './parts/stored'

const Gallery = later(() => import('./parts/gallery').then((found) => found.Gallery))
const MARKS = ['name', 'time', 'form'] as const
const TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp']
const MEGABYTE = 1_000_000

interface ImageSettings {
  max_count?: number
  max_megabytes?: number
  camera_only?: boolean
  longest_side?: number
  watermark?: (typeof MARKS)[number][]
}

function useMarks(field: ImageSettings): string[] {
  const { me, members, forms, form } = useFieldContext()
  const words = {
    name: members.find(({ id }) => id === me)?.name ?? '',
    time: formatTime(new Date()),
    form: forms.find(({ id }) => id === form)?.name ?? '',
  }
  return MARKS.filter((each) => field.watermark?.includes(each))
    .map((each) => words[each])
    .filter(Boolean)
}

function Add({
  field,
  id,
  send,
  many,
}: {
  field: ImageSettings
  id?: string
  send: (files: FileList | null) => void
  many: boolean
}) {
  const t = useT()
  const picker = useRef<HTMLInputElement>(null)
  const word = t(field.camera_only ? 'fill.takePhoto' : 'fill.addPicture')
  const Mark = field.camera_only ? Camera : ImagePlus
  return (
    <>
      <button id={id} type="button" className={css.shotAdd} onClick={() => picker.current?.click()}>
        <Mark size={20} aria-hidden />
        <span>{word}</span>
      </button>
      <input
        ref={picker}
        type="file"
        accept={TYPES.join(',')}
        capture={field.camera_only ? 'environment' : undefined}
        multiple={many && !field.camera_only}
        hidden
        aria-label={word}
        onChange={(event) => {
          send(event.target.files)
          event.target.value = ''
        }}
      />
    </>
  )
}

function Take(props: InputProps<ImageSettings, Json[]>) {
  const t = useT()
  const { field, value, onChange, disabled, readOnly, id } = props
  const marks = useMarks(field)
  const { max_megabytes = 20, longest_side = 2000 } = field
  const refusal = (file: File) => {
    if (!TYPES.includes(file.type)) return t('fill.notAPicture', { name: file.name })
    return file.size > max_megabytes * MEGABYTE
      ? t('fields.fileTooLarge', { name: file.name, limit: max_megabytes })
      : ''
  }
  const { going, send, room } = useUploads(props, {
    most: field.max_count ?? 9,
    refusal,
    prepare: async (file) =>
      TYPES.includes(file.type) ? prepared(file, { longestSide: longest_side, marks }).catch(() => file) : file,
  })
  const files = filesOf(value)
  const locked = disabled || readOnly
  return (
    <Gallery
      files={files}
      size={88}
      onRemove={locked ? undefined : (gone) => onChange(heldAs(files.filter((each) => each.id !== gone)))}
      more={
        <>
          {going.map((each) => (
            <span key={each.name} className={css.shotAdd}>
              <Progress type="circle" size={44} percent={Math.round(each.share * 100)} />
            </span>
          ))}
          {locked || room <= 0 ? null : <Add {...{ field, id, send }} many={room > 1} />}
        </>
      }
    />
  )
}

function Thumbs({ value }: CellProps<ImageSettings, Json[]>) {
  const { fileAddress } = useFieldContext()
  const files = filesOf(value)
  return (
    <span className={css.tags}>
      {files.slice(0, 3).map((file) => (
        <img key={file.id} className={css.thumbSmall} src={fileAddress(file.id)} alt={file.name} loading="lazy" />
      ))}
      {files.length > 3 ? <span className={css.small}>+{files.length - 3}</span> : null}
    </span>
  )
}

function Pane({ field, onChange }: SettingsProps<ImageSettings>) {
  const t = useT()
  return (
    <Settings>
      <div className={css.pair}>
        <Whole
          label={t('fill.mostPictures')}
          value={field.max_count}
          fallback={9}
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
      <Whole
        label={t('fill.longestSide')}
        value={field.longest_side}
        fallback={2000}
        max={8000}
        onChange={(longest_side) => onChange({ longest_side })}
      />
      <Toggle
        label={t('fill.cameraOnly')}
        on={field.camera_only === true}
        onChange={(camera_only) => onChange({ camera_only: camera_only || undefined })}
      />
      <Setting label={t('fill.watermark')}>
        <Checkbox.Group
          value={field.watermark ?? []}
          options={MARKS.map((value) => ({ value, label: t(`fill.mark_${value}`) }))}
          onChange={(watermark) => onChange({ watermark: watermark.length > 0 ? watermark : undefined })}
        />
      </Setting>
    </Settings>
  )
}

export default fieldType<ImageSettings, Json[]>({
  label: { zh: '图片', en: 'Image' },
  icon: Image,
  group: 'files',
  rank: 1,
  kind: 'list',
  files: true,
  blank: {},
  columnWidth: 132,
  operators: ['empty', 'not_empty'],
  Input: Take,
  Cell: Thumbs,
  Display: ({ value }) => <Gallery files={filesOf(value)} size={112} />,
  Settings: Pane,
})
