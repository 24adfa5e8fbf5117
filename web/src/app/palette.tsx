/** Ctrl+K 搜索或跳转: everything the menu knows, and records, by a few letters. */
import { Modal } from 'antd'
import { ClipboardList, FileText, Inbox, LayoutDashboard, type LucideIcon } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { useT } from '@/i18n/i18n'
import { useGo } from '@/lib/route'
import { iconNamed } from '@/ui/icons'
import css from './shell.module.css'
import { useFoundRecords } from './use-found-records'
import { BOXES, placeOf, useMenu } from './use-menu'

interface Place {
  key: string
  to: string
  search?: Record<string, string>
  label: string
  kind: string
  icon: LucideIcon
}

function usePlaces(app: string): Place[] {
  const t = useT()
  const { data } = useMenu(app)
  const boxes = BOXES.map((box) => ({
    key: box,
    to: `/app/${app}/tasks/${box}`,
    label: t(`app.${box}`),
    kind: t('app.tasks'),
    icon: Inbox,
  }))
  const items = (data?.groups ?? []).flatMap(({ items: all }) =>
    all.map((item) => ({
      key: `${item.kind}:${item.id}`,
      to: placeOf(app, item),
      label: item.label,
      kind: t(item.kind === 'dashboard' ? 'app.dashboard' : 'app.form'),
      icon: iconNamed(item.icon, item.kind === 'dashboard' ? LayoutDashboard : ClipboardList),
    })),
  )
  return [...boxes, ...items]
}

/** Menu entries whose name has the text, then records that have it anywhere. */
function useFound(app: string, text: string): { places: Place[]; looking: boolean } {
  const wanted = text.trim().toLowerCase()
  const places = usePlaces(app).filter(({ label }) => label.toLowerCase().includes(wanted))
  const { found, looking } = useFoundRecords(app, text)
  const records = found.map(({ id, title, to, form }) => ({
    key: id,
    to,
    search: { record: id },
    label: title,
    kind: form.label,
    icon: iconNamed(form.icon, FileText),
  }))
  return { places: [...places, ...records], looking }
}

function Choices({ app, onDone }: { app: string; onDone: () => void }) {
  const t = useT()
  const go = useGo()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const { places: found, looking } = useFound(app, text)
  const open = (place: Place | undefined) => {
    if (!place) return
    onDone()
    go(place.to, place.search)
  }
  const steer = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) {
      event.preventDefault()
      setAt((at + step + found.length) % Math.max(1, found.length))
    } else if (event.key === 'Enter') open(found[at])
  }
  return (
    <div className={css.palette}>
      <input
        className={css.paletteInput}
        // biome-ignore lint/a11y/noAutofocus: the palette is opened in order to type into it
        autoFocus
        value={text}
        placeholder={t('ui.paletteHint')}
        aria-label={t('app.search')}
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={found[at] ? `palette-${at}` : undefined}
        onChange={(event) => {
          setText(event.target.value)
          setAt(0)
        }}
        onKeyDown={steer}
      />
      <div className={css.paletteList} id="palette-list" role="listbox">
        {found.map((place, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are heard by the input above
          <div
            key={place.key}
            id={`palette-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className={css.paletteItem}
            onMouseMove={() => setAt(index)}
            onClick={() => open(place)}
          >
            <place.icon size={18} aria-hidden />
            <span className={css.paletteLabel}>{place.label}</span>
            <span className={css.paletteKind}>{place.kind}</span>
          </div>
        ))}
        {found.length === 0 || looking ? (
          <div className={css.paletteNote} role="status">
            {looking ? t('app.searching') : t('ui.paletteEmpty', { text })}
          </div>
        ) : null}
      </div>
    </div>
  )
}

/** The box in the middle of the page. */
export function Palette({ app, open, onClose }: { app: string; open: boolean; onClose: () => void }) {
  return (
    <Modal
      open={open}
      onCancel={onClose}
      footer={null}
      closable={false}
      destroyOnHidden
      width={560}
      style={{ top: 96 }}
      styles={{ container: { padding: 0 } }}
    >
      <Choices app={app} onDone={onClose} />
    </Modal>
  )
}
