/** Where somebody is 定位: a point with its accuracy, taken from the device. */
import { Button, Input } from 'antd'
import { ExternalLink, LocateFixed, MapPin, X } from 'lucide-react'
import { useState } from 'react'
import { useT } from '@/i18n/i18n'
import { IconButton } from '@/ui/icon-button'
import { toast } from '@/ui/toast'
import { fieldType, type InputProps, type SettingsProps } from './field'
import { Cut } from './parts/cut'
import css from './parts/fields.module.css'
import { Setting, Settings, Toggle, Whole } from './parts/setting'
import { TextOperand } from './parts/text-box'

interface LocationSettings {
  accuracy?: number | null
  centre?: string
  radius?: number
  named?: boolean
}

interface Point {
  at: string
  accuracy: string
  name: string
}

function pointOf(value: string | null): Point | null {
  if (!value) return null
  const [at = '', accuracy = '', ...name] = value.split(';')
  return { at, accuracy, name: name.join(';') }
}

const textOf = ({ at, accuracy, name }: Point) => [at, accuracy, name].join(';').replace(/;+$/, '')

/** The device's position; a refusal in words of what to do. */
function useLocating(onFound: (at: string, accuracy: number) => void) {
  const t = useT()
  const [busy, setBusy] = useState(false)
  const refused = (problem: GeolocationPositionError) => {
    setBusy(false)
    const safe = window.isSecureContext
    toast.error(t(safe ? (problem.code === 1 ? 'fill.locateRefused' : 'fill.locateFailed') : 'fill.locateUnsafe'))
  }
  const locate = () => {
    if (!navigator.geolocation) return toast.error(t('fill.locateFailed'))
    setBusy(true)
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setBusy(false)
        onFound(`${coords.latitude.toFixed(6)},${coords.longitude.toFixed(6)}`, Math.ceil(coords.accuracy))
      },
      refused,
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 0 },
    )
  }
  return { busy, locate }
}

function Where({ point }: { point: Point }) {
  const t = useT()
  return (
    <span className="tabular">
      {point.at}
      {point.accuracy ? <span className={css.small}> {t('fill.accuracyIs', { metres: point.accuracy })}</span> : null}
    </span>
  )
}

function Take({ field, value, onChange, disabled, readOnly, id }: InputProps<LocationSettings, string>) {
  const t = useT()
  const point = pointOf(value)
  const locked = disabled || readOnly
  const { busy, locate } = useLocating((at, accuracy) =>
    onChange(textOf({ at, accuracy: String(accuracy), name: point?.name ?? '' })),
  )
  return (
    <div className={css.address}>
      {point ? (
        <div className={css.file}>
          <MapPin size={16} aria-hidden />
          <span className={css.fileName}>
            <Where point={point} />
          </span>
          {locked ? null : <IconButton size="small" icon={X} label={t('fill.clear')} onClick={() => onChange(null)} />}
        </div>
      ) : null}
      {locked ? null : (
        <Button id={id} block={!point} loading={busy} icon={<LocateFixed size={16} aria-hidden />} onClick={locate}>
          {t(busy ? 'fill.locating' : point ? 'fill.locateAgain' : 'fill.locate')}
        </Button>
      )}
      {field.named && point ? (
        <Input
          value={point.name}
          maxLength={200}
          disabled={locked}
          placeholder={t('fill.placeName')}
          aria-label={t('fill.placeName')}
          onChange={(event) => onChange(textOf({ ...point, name: event.target.value }))}
        />
      ) : null}
    </div>
  )
}

/** The point with a link into the map of the reader's own device. */
function Shown({ value }: { value: string | null }) {
  const t = useT()
  const point = pointOf(value)
  if (!point) return null
  return (
    <span>
      {point.name ? `${point.name} ` : ''}
      <Where point={point} />{' '}
      <a href={`geo:${point.at}?q=${point.at}`} title={t('fill.openMap')} aria-label={t('fill.openMap')}>
        <ExternalLink size={14} />
      </a>
    </span>
  )
}

function Pane({ field, onChange }: SettingsProps<LocationSettings>) {
  const t = useT()
  const { busy, locate } = useLocating((centre) => onChange({ centre }))
  return (
    <Settings>
      <Whole
        label={t('fill.accuracyMost')}
        value={field.accuracy}
        min={1}
        max={100_000}
        placeholder={t('fields.unlimited')}
        onChange={(accuracy) => onChange({ accuracy })}
      />
      <Setting label={t('fill.centre')}>
        <Input
          value={field.centre ?? ''}
          placeholder="31.230416,121.473701"
          maxLength={60}
          onChange={(event) => onChange({ centre: event.target.value.trim() || undefined })}
        />
        <Button size="small" type="text" loading={busy} icon={<LocateFixed size={14} aria-hidden />} onClick={locate}>
          {t('fill.centreHere')}
        </Button>
      </Setting>
      {field.centre ? (
        <Whole
          label={t('fill.radius')}
          value={field.radius}
          fallback={500}
          min={10}
          max={1_000_000}
          onChange={(radius) => onChange({ radius })}
        />
      ) : null}
      <Toggle
        label={t('fill.askPlaceName')}
        on={field.named === true}
        onChange={(named) => onChange({ named: named || undefined })}
      />
    </Settings>
  )
}

export default fieldType<LocationSettings, string>({
  label: { zh: '定位', en: 'Location' },
  icon: MapPin,
  group: 'advanced',
  rank: 5.5,
  kind: 'text',
  blank: {},
  columnWidth: 190,
  operators: ['contains', 'empty', 'not_empty'],
  Input: Take,
  Cell: ({ value }) => {
    const point = pointOf(value)
    return <Cut text={point?.name || point?.at} />
  },
  Display: Shown,
  FilterInput: TextOperand,
  Settings: Pane,
})
